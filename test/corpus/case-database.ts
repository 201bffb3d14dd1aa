import type { Engine, Session } from "../../src/engines/engine.ts";
import { dialectParts } from "../../src/engines/postgres/dialect-parts.ts";
import { PgliteSession } from "../../src/engines/postgres/pglite/pglite-session.ts";
import { SessionGate } from "../../src/engines/postgres/pglite/session-gate.ts";
import { startPglite } from "../../src/engines/postgres/pglite/start-pglite.ts";
import { pgliteEngine } from "../../src/engines/postgres/pglite-engine.ts";
import { postgresEngine } from "../../src/engines/postgres/postgres-engine.ts";
import { sqliteEngine } from "../../src/engines/sqlite/sqlite-engine.ts";
import { independentPicture } from "../engines/sqlite/planned-databases.ts";
import { dumpPglite, dumpServer } from "../support/independent-dump/pg-dump.ts";
import { pgliteCache } from "../support/pglite-cache.ts";
import { comparableDump } from "./dump-text.ts";
import { emptyPostgres } from "./empty-postgres.ts";

/** A database that cases are run on, one after the other. */
export interface CaseDatabase {
  readonly engine: Engine;
  readonly session: Session;
  /** The connection's URL where it is a server's, else empty. */
  readonly url: string;
  /** Takes everything out of it, which is much quicker than making another; with `roles`, those of the server too. */
  empty(options?: { readonly roles?: boolean }): Promise<void>;
  /** What a program that shares nothing with Keelson says of the schema. */
  dump(): Promise<readonly string[]>;
  /** The same as a script that makes the schema; empty where no such program writes scripts. */
  script(): Promise<string>;
  close(): Promise<void>;
}

const ledger = { schema: "keelson", prefix: "" };
let counter = 0;

/** Makes an empty database on the server of a superuser's URL. */
export async function serverDatabase(serverUrl: string): Promise<CaseDatabase> {
  const url = new URL(serverUrl);
  url.pathname = `/case_${process.pid}_${++counter}`;
  const engine = postgresEngine({ url: url.href, ledger });
  await engine.createDatabase();
  const session = await engine.open("write");
  const { rows } = await session.query<{ readonly major: number }>(
    "SELECT current_setting('server_version_num')::integer / 10000 AS major",
  );
  const major = rows[0]?.major ?? 0;
  return {
    engine,
    session,
    url: url.href,
    empty: (options) => emptyPostgres(session, options),
    dump: async () => comparableDump(await dumpServer(url.href, { major })),
    script: () => dumpServer(url.href, { major }),
    async close() {
      await session.close();
      await engine.dropDatabase({ force: true });
    },
  };
}

/** The extensions of PGlite that cases may create. */
const extensions = [
  "pg_trgm",
  "btree_gist",
  "btree_gin",
  "hstore",
  "citext",
  "uuid-ossp",
  "pgcrypto",
  "amcheck",
  "pg_visibility",
  "ltree",
  "unaccent",
  "postgres_fdw",
  "file_fdw",
];

/** Starts PGlite in memory. */
export async function pgliteDatabase(): Promise<CaseDatabase> {
  const engine = pgliteEngine({ url: "pglite::memory:", ledger });
  const running = await startPglite({ folder: null, cacheDirectory: pgliteCache(), extensions }, { create: true });
  const { rows } = await running.database.query<{ readonly server_version: string }>("SHOW server_version");
  const version = rows[0]?.server_version.split(" ")[0] ?? "";
  const session = new PgliteSession(running, { gate: new SessionGate(), mode: "write", version, observer: null });
  return {
    engine: { ...engine, ...dialectParts(ledger) },
    session,
    url: "",
    empty: (options) => emptyPostgres(session, options),
    dump: async () => comparableDump(await dumpPglite(running.database)),
    script: () => dumpPglite(running.database),
    async close() {
      await session.close();
      await running.stop();
    },
  };
}

/** Opens a database of SQLite in memory; to empty it is to open another. */
export async function sqliteDatabase(): Promise<CaseDatabase> {
  const engine = sqliteEngine({ url: "sqlite::memory:", root: "/", ledger: { prefix: "keelson_" } });
  let session = await engine.open("write");
  await session.query("PRAGMA foreign_keys=ON");
  return {
    engine,
    get session() {
      return session;
    },
    url: "",
    async empty() {
      await session.close();
      // All sessions of an engine use one database in memory, which lives until the engine is closed.
      await engine.close();
      session = await engine.open("write");
      await session.query("PRAGMA foreign_keys=ON");
    },
    async dump() {
      const rows = async (sql: string): Promise<readonly unknown[][]> =>
        (await session.query(sql)).rows.map((row) => Object.values(row));
      return [await independentPicture({ rows })];
    },
    script: async () => "",
    async close() {
      await session.close();
      await engine.close();
    },
  };
}

/** Runs a whole script, as a person would with psql or sqlite3. */
export async function load({ engine, session }: CaseDatabase, sql: string): Promise<void> {
  const statements = await engine.parse(sql);
  if (statements.length > 0) await session.script(statements.map((statement) => statement.sql));
  await session.reset();
}
