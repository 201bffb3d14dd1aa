import { rm } from "node:fs/promises";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { PostgresServer } from "../../src/testing/index.ts";
import type { Bench } from "../harness/bench.ts";
import type { Contender } from "../harness/compare.ts";
import { query } from "../harness/query.ts";
import { type Peer, tables } from "./peer.ts";

/** What is left of the peers when those that can't run here are taken out; says which and why. */
export async function usablePeers(bench: Bench, peers: readonly Peer[]): Promise<readonly Peer[]> {
  const usable: Peer[] = [];
  for (const peer of peers) {
    const missing = await peer.missing();
    if (missing === null) usable.push(peer);
    else bench.say(`left out: ${peer.name}: ${missing.split("\n", 1)[0]}`);
  }
  return usable;
}

/** A peer that applies its revisions to a new, empty PostgreSQL database each time. */
export async function onPostgres(bench: Bench, peer: Peer, server: PostgresServer, count: number): Promise<Contender> {
  const folder = await bench.folder("history");
  await peer.write(folder, tables(count));
  const name = `bench_${folder.split("/").at(-1)?.replaceAll(/\W/g, "_")}`;
  return {
    name: peer.name,
    note: peer.note,
    async prepare() {
      const url = await server.createDatabase(name);
      // What earlier contenders left to write must not be paid for by the next one.
      await query(url, "CHECKPOINT");
      return peer.apply(folder, { kind: "postgres", url });
    },
    async check() {
      const [row] = await query(
        server.url(name),
        "SELECT count(*)::int AS made FROM pg_tables WHERE tablename ~ '^t\\d{5}$'",
      );
      expectTables(Number(row?.["made"]), count);
    },
    clear: () => server.dropDatabase(name),
  };
}

/** A peer that applies its revisions to a new SQLite file each time. */
export async function onSqlite(bench: Bench, peer: Peer, count: number): Promise<Contender> {
  const folder = await bench.folder("history");
  await peer.write(folder, tables(count));
  const file = join(folder, "bench.db");
  const clear = async (): Promise<void> => {
    for (const suffix of ["", "-wal", "-shm", "-journal"]) await rm(file + suffix, { force: true });
  };
  return {
    name: peer.name,
    note: peer.note,
    async prepare() {
      await clear();
      return peer.apply(folder, { kind: "sqlite", file });
    },
    async check() {
      const database = new Sqlite(file, { readonly: true });
      try {
        const made = database
          .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name GLOB 't[0-9]*'")
          .pluck();
        expectTables(Number(made.get()), count);
      } finally {
        database.close();
      }
    },
    clear,
  };
}

function expectTables(made: number, count: number): void {
  if (made !== count) throw new Error(`made ${made} of ${count} tables`);
}
