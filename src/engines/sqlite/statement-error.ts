import { statfsSync } from "node:fs";
import { type ErrorCode, KeelsonError } from "../../errors.ts";
import type { StatementFailure } from "../engine.ts";
import { nameHolders } from "./lock/lock-holders.ts";

/** Where a statement failed. */
export interface FailurePlace {
  /** The database, as it may be shown. */
  readonly label: string;
  /** Its file, or null in memory. */
  readonly file: string | null;
  /** The index of the statement in its script. */
  readonly statement: number;
  /** Characters into the statement, where known. */
  readonly offset: number | null;
}

/** The extended code of an error of SQLite, such as `SQLITE_BUSY_SNAPSHOT`; empty for any other error. */
export function sqliteCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return "";
  return error.code.startsWith("SQLITE_") ? error.code : "";
}

/** Whether another connection is in the way for now, so that trying again may help. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return (
    code === "SQLITE_BUSY" ||
    code === "SQLITE_BUSY_RECOVERY" ||
    code === "SQLITE_BUSY_TIMEOUT" ||
    code === "SQLITE_PROTOCOL"
  );
}

/** Turns whatever the driver throws for a statement into Keelson's error for it. */
export function statementError(error: unknown, place: FailurePlace): KeelsonError {
  if (error instanceof KeelsonError) return error;
  const sqlstate = sqliteCode(error) || "SQLITE_ERROR";
  const text = error instanceof Error ? error.message : String(error);
  const { code, message, hint } = explain(sqlstate, text, place);
  const details: StatementFailure = {
    statement: place.statement,
    offset: place.offset,
    sqlstate,
    detail: null,
    hint: null,
    where: null,
    connectionLost: code === "connection.lost",
  };
  return new KeelsonError(code, message, { ...(hint === null ? {} : { hint }), details: { ...details }, cause: error });
}

interface Explanation {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
}

function explain(sqlstate: string, text: string, place: FailurePlace): Explanation {
  const family = sqlstate.split("_").slice(0, 2).join("_");
  const handler = families[family];
  if (handler !== undefined) return handler(place, sqlstate, text);
  return { code: "statement.failed", message: reworded(text), hint: hintFor(text) };
}

const families: Readonly<Record<string, (place: FailurePlace, sqlstate: string, text: string) => Explanation>> = {
  SQLITE_BUSY: ({ label, file }, sqlstate) =>
    sqlstate === "SQLITE_BUSY_SNAPSHOT"
      ? {
          code: "lock.timeout",
          message: `${label} was changed by another connection after this transaction had read it. The statement changed nothing.`,
          hint: "Roll back and run the transaction again.",
        }
      : {
          code: "lock.timeout",
          message: `${label} stayed locked by ${nameHolders(file)}. The statement changed nothing.`,
          hint: "Run again when the other program is done.",
        },
  SQLITE_LOCKED: ({ label }, _sqlstate, text) => ({
    code: "lock.timeout",
    message: `${label} is locked by this very connection (${text}). The statement changed nothing.`,
    hint: "Finish the open transaction first.",
  }),
  SQLITE_PROTOCOL: ({ label }) => ({
    code: "lock.timeout",
    message: `Many connections opened ${label} at once and this one found no turn. The statement changed nothing.`,
    hint: "Run again.",
  }),
  SQLITE_FULL: ({ label }) => diskFull(label),
  SQLITE_IOERR: (place, sqlstate, text) => {
    if (hasNoSpace(place.file)) return diskFull(place.label);
    const reading = /_(SHORT_)?READ|_FSTAT|_SEEK|_ACCESS/.test(sqlstate);
    return {
      code: reading ? "file.unreadable" : "file.unwritable",
      message: `The operating system could not ${reading ? "read" : "write"} the files of ${place.label} (${sqlstate}: ${text}).`,
      hint: "Look at the disk and at the system's log. An unfinished transaction is rolled back when the database is opened again.",
    };
  },
  SQLITE_READONLY: ({ label }, sqlstate) =>
    sqlstate === "SQLITE_READONLY_DBMOVED"
      ? {
          code: "connection.lost",
          message: `The file of ${label} was moved or deleted while it was open.`,
          hint: "Put the file back, or open the new one.",
        }
      : {
          code: "connection.read-only",
          message: `${label} can't be written: its file or folder is read-only (${sqlstate}). Nothing was changed.`,
          hint: "Give this user the right to write the file and its folder.",
        },
  SQLITE_CANTOPEN: ({ label }, sqlstate) => ({
    code: "file.unreadable",
    message: `The files of ${label} can't be opened or created (${sqlstate}).`,
    hint: "See that this user may read and write the file and its folder.",
  }),
  SQLITE_NOTADB: ({ label }) => ({
    code: "database.damaged",
    message: `${label} is not a SQLite database, or is encrypted. Nothing was changed.`,
    hint: "Check the path in the connection URL.",
  }),
  SQLITE_CORRUPT: ({ label }, sqlstate) => ({
    code: "database.damaged",
    message: `${label} is damaged (${sqlstate}).`,
    hint: "Restore it from a backup, or save what can be read with `sqlite3 FILE .recover`.",
  }),
};

function diskFull(label: string): Explanation {
  return {
    code: "disk.full",
    message: `There is no space left for ${label}. The transaction was rolled back.`,
    hint: "Free some space and run again. SQLite needs room for a journal as large as the change.",
  };
}

function hasNoSpace(file: string | null): boolean {
  if (file === null) return false;
  try {
    return statfsSync(file).bavail === 0;
  } catch {
    return false;
  }
}

/** The one failure of a table rebuild whose cause SQLite does not say. */
function hintFor(text: string): string | null {
  if (!/^error in (view|trigger) .*: no such table/.test(text)) return null;
  return "A rename checks every view and trigger. In a table rebuild, write PRAGMA legacy_alter_table=ON; before ALTER TABLE ... RENAME TO and PRAGMA legacy_alter_table=OFF; after it, or drop the view or trigger first and create it again at the end.";
}

/** The driver's words for parameters speak of its own calls. */
function reworded(text: string): string {
  if (/^(Too few parameter values|Missing named parameter)/.test(text))
    return "the statement has a parameter without a value";
  return text;
}
