import { createHash } from "node:crypto";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Bench } from "../harness/bench.ts";
import type { Database, Peer, Table } from "./peer.ts";

/** Keelson on its own layout: a header, an up and a down section. */
export function keelson(bench: Bench): Peer {
  return peer(bench, { name: "keelson", note: "a transaction a file, ledger, lock, catalog", files: ownLayout });
}

/** Keelson on SQLx's simple layout: a file is its SQL. */
export function keelsonOnSqlx(bench: Bench): Peer {
  return peer(bench, { name: "keelson, SQLx files", note: "the same on SQLx's simple layout", files: sqlxLayout });
}

type Layout = (tables: readonly Table[]) => readonly { readonly name: string; readonly text: string }[];

function peer(bench: Bench, options: { readonly name: string; readonly note: string; readonly files: Layout }): Peer {
  return {
    name: options.name,
    note: options.note,
    databases: ["postgres", "sqlite"],
    missing: async () => null,
    write: (folder, tables) => writeRevisions(folder, options.files(tables)),
    apply: (folder, database) => bench.keelson(["upgrade", "--url", keelsonUrl(database)], { cwd: folder }),
  };
}

/** A database as Keelson's `--url` names it. */
export function keelsonUrl(database: Database): string {
  return database.kind === "postgres" ? database.url : `sqlite:${database.file}`;
}

/** Writes `migrations/` in Keelson's own layout, one revision a file, in one line of descent. */
export function writeOwnLayout(folder: string, tables: readonly Table[]): Promise<void> {
  return writeRevisions(folder, ownLayout(tables));
}

/** Real files are older than a moment, so these are as well: the cache of a folder does not trust the newest. */
async function writeRevisions(
  folder: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  const migrations = join(folder, "migrations");
  await mkdir(migrations, { recursive: true });
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const { name, text } of files) {
    const path = join(migrations, name);
    await writeFile(path, text);
    await utimes(path, hourAgo, hourAgo);
  }
}

function ownLayout(tables: readonly Table[]): ReturnType<Layout> {
  return tables.map((table, index) => {
    const before = tables[index - 1];
    const head = [
      "-- keelson",
      `-- id: ${idOf(table)}`,
      `-- parents: ${before === undefined ? "" : idOf(before)}`.trimEnd(),
    ];
    const text = [
      ...head,
      `-- message: create ${table.name}`,
      "",
      "-- keelson:up",
      table.create,
      "",
      "-- keelson:down",
      table.drop,
      "",
    ];
    return { name: `${table.timestamp}_create_${table.name}.sql`, text: text.join("\n") };
  });
}

function sqlxLayout(tables: readonly Table[]): ReturnType<Layout> {
  return tables.map((table) => ({ name: `${table.timestamp}_create_${table.name}.sql`, text: `${table.create}\n` }));
}

function idOf(table: Table): string {
  return createHash("sha256").update(table.name).digest("hex").slice(0, 12);
}
