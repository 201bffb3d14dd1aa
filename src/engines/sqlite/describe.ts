import { accessSync, constants } from "node:fs";
import { basename } from "node:path";
import type { ServerFacts } from "../engine.ts";
import type { DatabaseLocation } from "./database-url.ts";
import type { SqliteSession } from "./sqlite-session.ts";

/** What `doctor` says of a SQLite database. Nothing in it reads whole tables. */
export async function describeDatabase(session: SqliteSession, location: DatabaseLocation): Promise<ServerFacts> {
  const pragma = async (name: string): Promise<string> => {
    const result = await session.query(`PRAGMA ${name}`);
    return String(Object.values(result.rows[0] ?? {})[0] ?? "");
  };
  const version = await session.query<{ readonly version: string }>("SELECT sqlite_version() AS version");
  const pageSize = Number(await pragma("page_size"));
  const free = Number(await pragma("freelist_count")) * pageSize;
  return {
    product: "SQLite",
    version: String(version.rows[0]?.version),
    database: databaseName(location),
    user: null,
    sizeBytes: Number(await pragma("page_count")) * pageSize,
    pooled: false,
    readOnly: location.kind === "file" && (location.access === "read-only" || !isWritable(location.file)),
    tls: null,
    clockSkewMs: null,
    missingPrivileges: [],
    more: [
      ["file", location.kind === "memory" ? "none, in memory" : location.file],
      ["journal mode", await pragma("journal_mode")],
      ["encoding", await pragma("encoding")],
      ["page size", `${pageSize} bytes`],
      ["free pages", `${free} bytes`],
      ["auto vacuum", ["none", "full", "incremental"][Number(await pragma("auto_vacuum"))] ?? "unknown"],
    ],
  };
}

/** What `\l` calls a database: the file's name. */
export function databaseName(location: DatabaseLocation): string {
  return location.kind === "memory" ? ":memory:" : basename(location.file);
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
