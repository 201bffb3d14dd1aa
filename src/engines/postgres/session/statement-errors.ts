import { type ErrorCode, KeelsonError } from "../../../errors.ts";
import type { StatementFailure } from "../../engine.ts";
import type { WireError } from "./wire-messages.ts";

/** Where a statement failed. */
export interface FailurePlace {
  readonly statement: number;
  readonly offset: number | null;
  /** The session was opened for reading only. */
  readonly readSession: boolean;
  /** Who asked, for GRANT hints. */
  readonly user: string | null;
}

/** Turns what the server says of a failed statement into the error of the contract. */
export function statementError(error: WireError, place: FailurePlace): KeelsonError {
  const sqlstate = error.code ?? "XX000";
  const code = codeOf(sqlstate);
  const details: StatementFailure = {
    statement: place.statement,
    offset: place.offset,
    sqlstate,
    detail: error.detail ?? null,
    hint: error.hint ?? null,
    where: error.where ?? null,
    connectionLost: code === "connection.lost",
  };
  const hint = hintFor(code, error, place);
  return new KeelsonError(code, messageFor(code, error, place), {
    ...(hint === null ? {} : { hint }),
    details: { ...details },
    cause: error,
  });
}

/** The error for a connection that broke while a statement ran, or before it could. */
export function connectionLost(reason: string, place: { readonly inFlight: boolean }, cause?: unknown): KeelsonError {
  const details: StatementFailure = {
    statement: 0,
    offset: null,
    sqlstate: "08006",
    detail: null,
    hint: null,
    where: null,
    connectionLost: true,
  };
  const state = place.inFlight
    ? "An open transaction was rolled back by the server; whether a statement that was running took effect is not known."
    : "Nothing was sent.";
  return new KeelsonError("connection.lost", `The connection to the database was lost: ${reason}. ${state}`, {
    hint: "Check that the server is running, then run the command again: it goes on where this one stopped.",
    details: { ...details },
    cause,
  });
}

function codeOf(sqlstate: string): ErrorCode {
  if (sqlstate === "55P03") return "lock.timeout";
  if (sqlstate === "42501") return "privilege.missing";
  if (sqlstate === "53100") return "disk.full";
  if (sqlstate === "25006") return "connection.read-only";
  // 57P01 to 57P05: shut down by an administrator, crash of another process, database dropped, idle timeout.
  if (sqlstate.startsWith("57P") || sqlstate === "25P03" || sqlstate.startsWith("08")) return "connection.lost";
  return "statement.failed";
}

function messageFor(code: ErrorCode, error: WireError, place: FailurePlace): string {
  switch (code) {
    case "lock.timeout":
      return `The statement waited for a lock on a table longer than it may: ${error.message}.`;
    case "privilege.missing":
      return `The role ${place.user === null ? "" : `"${place.user}" `}lacks a privilege: ${error.message}.`;
    case "disk.full":
      return `The database server's disk is full: ${error.message}.`;
    case "connection.read-only":
      return place.readSession
        ? `The statement would write, and this session only reads: ${error.message}.`
        : `The database accepts no writes here: ${error.message}.`;
    case "connection.lost":
      return `The server ended the connection: ${error.message}. An open transaction was rolled back.`;
    default:
      return error.message;
  }
}

function hintFor(code: ErrorCode, error: WireError, place: FailurePlace): string | null {
  switch (code) {
    case "lock.timeout":
      return "Another session holds a lock on the table. Let it finish, or allow more time with --lock-timeout.";
    case "privilege.missing":
      return (
        grantHint(error.message, place.user) ??
        error.hint ??
        "Connect as the owner of the object, or have it grant the privilege."
      );
    case "disk.full":
      return "Free space on the server (its data or temporary files), then run the command again.";
    case "connection.read-only":
      return place.readSession
        ? "Use a command that writes."
        : "It is a standby, or default_transaction_read_only is on. Connect to the primary (target_session_attrs=read-write).";
    case "connection.lost":
      return "Check the server's log, then run the command again.";
    default:
      return error.hint ?? null;
  }
}

/** The GRANT that gives what the server said is missing, as far as its message names it. */
export function grantHint(message: string, user: string | null): string | null {
  const role = user === null ? "the_role" : quoteName(user);
  const denied = /^permission denied (?:for|to) (\w+(?: \w+)*?) "?([^"]+?)"?$/.exec(message);
  const [, kind = "", name = ""] = denied ?? [];
  const quoted = quoteName(name);
  switch (kind) {
    case "schema":
      return `An owner can run: GRANT USAGE, CREATE ON SCHEMA ${quoted} TO ${role};`;
    case "database":
      return `An owner can run: GRANT CONNECT, CREATE ON DATABASE ${quoted} TO ${role};`;
    case "table":
    case "relation":
    case "view":
      return `An owner can run: GRANT SELECT, INSERT, UPDATE, DELETE ON ${quoted} TO ${role};`;
    case "sequence":
      return `An owner can run: GRANT USAGE, SELECT ON SEQUENCE ${quoted} TO ${role};`;
    case "function":
    case "procedure":
      return `An owner can run: GRANT EXECUTE ON ${kind.toUpperCase()} ${quoted} TO ${role};`;
    case "language":
    case "tablespace":
    case "type":
      return `An owner can run: GRANT ${kind === "tablespace" ? "CREATE" : "USAGE"} ON ${kind.toUpperCase()} ${quoted} TO ${role};`;
    default:
      break;
  }
  if (message === "permission denied to create database") return `A superuser can run: ALTER ROLE ${role} CREATEDB;`;
  if (message === "permission denied to create role") return `A superuser can run: ALTER ROLE ${role} CREATEROLE;`;
  const extension = /^permission denied to create extension "([^"]+)"$/.exec(message)?.[1];
  if (extension !== undefined) return `A superuser can run: CREATE EXTENSION ${quoteName(extension)};`;
  const owned = /^must be owner of \w+(?: \w+)*? "?([^"]+?)"?$/.exec(message)?.[1];
  if (owned !== undefined)
    return `Run it as the owner of ${owned}, or have a superuser GRANT the owner's role TO ${role};`;
  return null;
}

function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
