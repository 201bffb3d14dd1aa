import { type PostgresServer, startPostgres } from "../../src/testing/index.ts";
import { pgliteDatabase, serverDatabase, sqliteDatabase } from "./case-database.ts";
import type { CasePlace } from "./read-cases.ts";
import type { CasePlaces } from "./run-case.ts";

/** Two databases of a place, and how to be rid of them. */
export interface OpenPlaces extends CasePlaces {
  close(): Promise<void>;
}

/** Opens two databases of a place; a server of the major is started for them and nothing else. */
export async function openPlaces(place: CasePlace): Promise<OpenPlaces> {
  if (place === "pglite") return closing(await pgliteDatabase(), await pgliteDatabase());
  if (place === "sqlite") return closing(await sqliteDatabase(), await sqliteDatabase());
  const server = await startPostgres({ major: place, settings });
  try {
    return closing(await serverDatabase(server.url()), await serverDatabase(server.url()), server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** What tables of some schemas need of a server. */
const settings = { max_prepared_transactions: "10", wal_level: "logical", synchronous_commit: "off" };

function closing(first: CasePlaces["first"], second: CasePlaces["second"], server?: PostgresServer): OpenPlaces {
  return {
    first,
    second,
    async close() {
      await first.close();
      await second.close();
      await server?.stop();
    },
  };
}

/** A place as it is written: `15`, `pglite`, `sqlite`. */
export function placeName(place: CasePlace): string {
  return typeof place === "number" ? `PostgreSQL ${place}` : place === "pglite" ? "PGlite" : "SQLite";
}

/** Every place that cases are run on. */
export const allPlaces: readonly CasePlace[] = [14, 15, 16, 17, 18, "pglite", "sqlite"];
