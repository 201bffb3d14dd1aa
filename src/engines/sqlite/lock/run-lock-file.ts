import { randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { KeelsonError } from "../../../errors.ts";
import type { LockHolder } from "../../engine.ts";
import type { Connection, Driver } from "../load-driver.ts";
import { isBusy, sqliteCode, statementError } from "../statement-error.ts";

/** A lock file that this process holds. */
export interface HeldLockFile {
  /** Whether the lock is still ours: the file is the one that was locked, and its transaction is open. */
  isHeld(): boolean;
  /** Removes the file and frees the lock; safe to repeat. */
  release(): void;
}

/** The outcome of one attempt: the lock, or who has it. */
export type LockAttempt = { readonly held: HeldLockFile } | { readonly holder: LockHolder | null };

/** Long enough for another process to finish reading the holder's name. */
const driverTimeoutMs = 50;

/** Connections that outlive the attempt that opened them. */
const held = new WeakSet<Connection>();

/** The file beside a database that marks a run which spans transactions. */
export function lockFileOf(file: string): string {
  return `${file}-keelson-lock`;
}

/** Whether a lock file is there, held or left by a killed process. */
export function lockFileExists(file: string): boolean {
  return statSync(lockFileOf(file), { throwIfNoEntry: false }) !== undefined;
}

/**
 * Tries once to take the lock. The lock is the right to write in a small SQLite database: an open `BEGIN IMMEDIATE`, which
 * the operating system ends with its process, and beside which everybody can read the committed name of the holder.
 *
 * Only a holder removes the file, and only the file that its own token is read back from. A process that waited on a
 * file that was removed meanwhile does not find its token at the path, and starts again.
 */
export function tryLockFile(driver: Driver, file: string, label: string, holder: string): LockAttempt {
  const path = lockFileOf(file);
  const token = randomUUID();
  let connection: Connection | undefined;
  try {
    connection = openLock(driver, path, { readonly: false });
    if (!tryBegin(connection)) return { holder: readHolder(connection) };
    writeHolder(connection, { token, holder, since: new Date().toISOString() });
    // Between the two transactions another process may have come first; then its token stands here.
    if (!tryBegin(connection)) return { holder: readHolder(connection) };
    if (readLock(connection)?.token !== token || tokenAt(driver, path) !== token) return { holder: null };
    return { held: heldLock(connection, path) };
  } catch (error) {
    if (isBusy(error)) return { holder: null };
    throw lockFileProblem(error, path, label);
  } finally {
    if (connection !== undefined && !held.has(connection)) connection.close();
  }
}

function heldLock(connection: Connection, path: string): HeldLockFile {
  held.add(connection);
  const inode = statSync(path, { throwIfNoEntry: false })?.ino;
  return {
    isHeld: () =>
      connection.open && connection.inTransaction && statSync(path, { throwIfNoEntry: false })?.ino === inode,
    release: () => {
      if (!connection.open) return;
      try {
        rmSync(path, { force: true });
      } catch {
        // Some systems do not remove open files; an unlocked file that stays is taken over by the next run.
      }
      connection.close();
    },
  };
}

/**
 * Journals are found by name, so a journal in a file would be taken for its own by whoever still has a removed lock file
 * open. None is needed: all there is fits on the first page, which is written at once.
 */
function openLock(driver: Driver, path: string, { readonly }: { readonly readonly: boolean }): Connection {
  const connection = new driver(path, { readonly, fileMustExist: readonly, timeout: driverTimeoutMs });
  try {
    connection.pragma("journal_mode = MEMORY");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function tryBegin(connection: Connection): boolean {
  try {
    connection.exec("BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

interface WrittenLock {
  readonly token: string;
  readonly holder: string;
  readonly since: string;
}

/** A view of constants takes no page of its own, unlike a table. */
function writeHolder(connection: Connection, { token, holder, since }: WrittenLock): void {
  const columns = Object.entries({ token, holder, since }).map(
    ([name, value]) => `'${value.replaceAll("'", "''")}' AS ${name}`,
  );
  connection.exec("DROP VIEW IF EXISTS run_lock");
  connection.exec(`CREATE VIEW run_lock AS SELECT ${columns.join(", ")}`);
  connection.exec("COMMIT");
}

function readHolder(connection: Connection): LockHolder | null {
  const lock = readLock(connection);
  return lock === null ? null : { holder: lock.holder, since: lock.since };
}

/** What the last holder wrote, or null when it is being written. */
function readLock(connection: Connection): WrittenLock | null {
  try {
    return connection.prepare<[], WrittenLock>("SELECT token, holder, since FROM run_lock").get() ?? null;
  } catch (error) {
    if (isBusy(error) || sqliteCode(error) === "SQLITE_ERROR") return null;
    throw error;
  }
}

/** The token in the file that the path names now; null when there is none. */
function tokenAt(driver: Driver, path: string): string | null {
  let connection: Connection;
  try {
    connection = openLock(driver, path, { readonly: true });
  } catch (error) {
    if (sqliteCode(error) === "SQLITE_CANTOPEN" || isBusy(error)) return null;
    throw error;
  }
  try {
    return readLock(connection)?.token ?? null;
  } finally {
    connection.close();
  }
}

function lockFileProblem(error: unknown, path: string, label: string): KeelsonError {
  const problem = statementError(error, {
    label: `the lock file ${path} of ${label}`,
    file: path,
    statement: 0,
    offset: null,
  });
  if (problem.code !== "database.damaged") return problem;
  return new KeelsonError(problem.code, problem.message, {
    hint: "Only runs of Keelson use this file. When none is running, delete it.",
    details: problem.details,
    cause: error,
  });
}
