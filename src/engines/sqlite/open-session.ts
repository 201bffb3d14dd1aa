import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { KeelsonError } from "../../errors.ts";
import type { DatabaseLocation } from "./database-url.ts";
import type { Connection, Driver } from "./load-driver.ts";
import { SqliteSession } from "./sqlite-session.ts";
import { sqliteCode, statementError } from "./statement-error.ts";

/** What every connection of an engine shares. */
export interface OpenOptions {
  readonly location: DatabaseLocation;
  readonly label: string;
  readonly busyTimeoutMs: number;
  readonly onStatement: ((sql: string, milliseconds: number) => void) | undefined;
}

/** SQLite itself waits this long without giving way to the event loop; longer waits are made of many such ones. */
const driverTimeoutMs = 10;

/** Opens a session on a file; see `Engine.open`. */
export async function openFileSession(
  driver: Driver,
  options: OpenOptions & { readonly location: { readonly kind: "file" } },
  mode: "read" | "write",
): Promise<SqliteSession> {
  const { location, label, busyTimeoutMs, onStatement } = options;
  checkFile(location, label, mode);
  const connection = connect(driver, location, label, mode);
  const session = new SqliteSession({
    connection,
    ownsConnection: true,
    mode,
    label,
    file: location.file,
    busyTimeoutMs,
    onStatement,
  });
  try {
    // The driver's own default lets a power failure take back committed transactions of a database in WAL mode.
    await session.query(mode === "read" ? "PRAGMA query_only=ON" : "PRAGMA synchronous=FULL");
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Opens the one connection of a database in memory. */
export function openMemory(driver: Driver): Connection {
  const connection = new driver(":memory:");
  connection.defaultSafeIntegers(true);
  return connection;
}

/**
 * Whether a file is there and can be a database. Only asks the file system for attributes: opening and closing a
 * database file outside SQLite would drop the locks that this process holds on it (https://sqlite.org/howtocorrupt.html).
 */
function checkFile(
  location: { readonly file: string; readonly access: string },
  label: string,
  mode: "read" | "write",
): void {
  const { file, access } = location;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    throw new KeelsonError("file.unreadable", `${label} is a folder, not a database file.`, {
      hint: "Name a file in the connection URL.",
    });
  }
  if (mode === "write" && access === "read-only") {
    throw new KeelsonError(
      "connection.read-only",
      `The connection URL of ${label} says mode=ro, so nothing can be changed.`,
      {
        hint: "Remove mode=ro from the connection URL.",
      },
    );
  }
  if (found !== undefined) return;
  if (mode === "read" || access === "existing") {
    throw new KeelsonError("database.missing", `There is no database file ${file}. It was not created.`, {
      hint: "Check the path in the connection URL, or create the database: keelson db create (keelson upgrade creates it too).",
    });
  }
  requireFolder(file, label);
}

/** Throws unless the folder of a database file exists; Keelson never makes folders for databases. */
export function requireFolder(file: string, label: string): void {
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new KeelsonError("file.unwritable", `${label} can't be created: there is no folder ${folder}.`, {
    hint: `Make the folder (mkdir -p ${folder}) or correct the path in the connection URL.`,
  });
}

function connect(
  driver: Driver,
  location: { readonly file: string; readonly access: string },
  label: string,
  mode: "read" | "write",
): Connection {
  const { file, access } = location;
  const readonly = mode === "read" && opensReadOnly(file);
  const fileMustExist = mode === "read" || access !== "create";
  try {
    const connection = new driver(file, { readonly, fileMustExist, timeout: driverTimeoutMs });
    connection.defaultSafeIntegers(true);
    return connection;
  } catch (error) {
    throw sqliteCode(error) === "" && error instanceof KeelsonError
      ? error
      : statementError(error, { label, file, statement: 0, offset: null });
  }
}

/**
 * A read-only connection to a database in WAL mode leaves its `-wal` and `-shm` files behind, while one that could write
 * removes them; but that one would also copy what an unfinished `-wal` holds into the database when it closes. So the
 * kind of connection depends on whether a `-wal` is there. Either way the session refuses every statement that writes.
 * A connection that could write also rolls back what a killed program left half-done, without which nothing can be read.
 */
function opensReadOnly(file: string): boolean {
  return existsSync(`${file}-wal`);
}
