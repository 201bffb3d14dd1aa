import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { KeelsonError } from "../../errors.ts";
import type { Connection, Driver } from "./load-driver.ts";
import { nameHolders } from "./lock/lock-holders.ts";
import { lockFileExists, lockFileOf, tryLockFile } from "./lock/run-lock-file.ts";
import { requireFolder } from "./open-session.ts";
import { isBusy, sqliteCode, statementError } from "./statement-error.ts";

/** A database file that is to be made or removed. */
export interface DatabaseFile {
  readonly file: string;
  readonly label: string;
}

/** Creates an empty database file; `database.exists` if there is a file of that name already. */
export function createDatabaseFile({ file, label }: DatabaseFile): void {
  requireFolder(file, label);
  try {
    // An empty file is an empty database. `wx` lets exactly one of several creators succeed.
    closeSync(openSync(file, "wx"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EEXIST") {
      throw new KeelsonError("database.exists", `There is already a file ${file}. It was not touched.`, {
        hint: "Use it, or drop it first: keelson db drop",
      });
    }
    const full = code === "ENOSPC" || code === "EDQUOT";
    throw new KeelsonError(full ? "disk.full" : "file.unwritable", `${label} can't be created (${String(code)}).`, {
      hint: full ? "Free some space." : "See that this user may write in the folder.",
      cause: error,
    });
  }
}

/**
 * Removes a database with everything SQLite and Keelson keep beside it. Refuses a file that is no SQLite database, and,
 * unless forced, one that another connection uses. Idle connections in rollback journal mode hold no lock and can't be
 * seen.
 */
export function dropDatabaseFile(
  driver: Driver,
  { file, label }: DatabaseFile,
  options: { readonly force: boolean },
): void {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) {
    throw new KeelsonError("database.missing", `There is no database file ${file}. Nothing was dropped.`, {
      hint: "Check the path in the connection URL.",
    });
  }
  const connection = openExisting(driver, file, label);
  try {
    requireDatabase(connection, file, label, options);
    if (!options.force) {
      requireNoRun(driver, file, label);
      takeAlone(connection, file, label);
    }
    // The name goes first: whoever opens the path from now on gets a new, empty database and none of the old journals.
    for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`, lockFileOf(file)])
      rmSync(path, { force: true });
  } catch (error) {
    throw error instanceof KeelsonError ? error : statementError(error, { label, file, statement: 0, offset: null });
  } finally {
    connection.close();
  }
}

function openExisting(driver: Driver, file: string, label: string): Connection {
  try {
    return new driver(file, { fileMustExist: true, timeout: 100 });
  } catch (error) {
    throw statementError(error, { label, file, statement: 0, offset: null });
  }
}

function requireDatabase(
  connection: Connection,
  file: string,
  label: string,
  { force }: { readonly force: boolean },
): void {
  try {
    connection.pragma("schema_version");
  } catch (error) {
    // Only a database can be locked.
    if (isBusy(error) && force) return;
    if (isBusy(error)) throw inUse(file, label);
    if (sqliteCode(error) !== "SQLITE_NOTADB") throw error;
    throw new KeelsonError(
      "database.damaged",
      `${file} is not a SQLite database, or is encrypted. It was not deleted.`,
      {
        hint: "Check the path in the connection URL. If the file is yours to delete, delete it by hand.",
      },
    );
  }
}

function requireNoRun(driver: Driver, file: string, label: string): void {
  if (!lockFileExists(file)) return;
  const attempt = tryLockFile(driver, file, label, "dropping the database");
  if (!("held" in attempt)) throw inUse(file, label, attempt.holder?.holder);
  attempt.held.release();
}

/** In WAL mode every open connection holds a lock that only leaving that mode has to wait for. */
function takeAlone(connection: Connection, file: string, label: string): void {
  try {
    connection.pragma("locking_mode = EXCLUSIVE");
    connection.pragma("journal_mode = DELETE");
    connection.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    if (isBusy(error)) throw inUse(file, label);
    throw error;
  }
}

function inUse(file: string, label: string, holder?: string): KeelsonError {
  const who = holder ?? nameHolders(file);
  return new KeelsonError("database.in-use", `${label} is in use by ${who}. It was not dropped.`, {
    hint: "End the other program first. --force drops the database all the same; that program then loses what it writes.",
    details: { holder: who },
  });
}
