import { isKeelsonError, KeelsonError } from "../errors.ts";

/** What a failed statement lacks, as far as it decides what to do about it. */
export type Trouble =
  /** Another statement may make what it needs. */
  | "missing"
  /** It can't run in a transaction, or needs one before it to have been committed. */
  | "outside"
  | "other";

/**
 * Undefined table, column, function, object (type, role, operator, extension), schema, and a foreign key whose unique
 * constraint is made by a later statement.
 */
const missing: ReadonlySet<string> = new Set(["42P01", "42703", "42883", "42704", "3F000", "42830"]);

/** A statement that refuses to run in a transaction block, and the use of an enum value that is not committed yet. */
const outside: ReadonlySet<string> = new Set(["25001", "55P04"]);

/** Which of them a failure is. */
export function troubleOf(error: KeelsonError): Trouble {
  const state = sqlstate(error);
  if (missing.has(state)) return "missing";
  if (outside.has(state)) return "outside";
  // SQLite has one code for whatever it finds when it compiles a statement, and its messages are in English always.
  if (state === "SQLITE_ERROR" && /^(?:no such|unknown) /.test(error.message)) return "missing";
  return "other";
}

/**
 * The role that a statement names and the server does not have, or null. Read from the message, which is in English on
 * the servers that this is asked for: they are started without a locale.
 */
export function missingRole(error: KeelsonError): string | null {
  if (sqlstate(error) !== "42704") return null;
  return /^role "(.*)" does not exist$/s.exec(error.message)?.[1]?.replaceAll('""', '"') ?? null;
}

/** The `scratch.extension` error of a statement that asked for an extension which the scratch server lacks, or null. */
export function missingExtension(error: KeelsonError, where: string, label: string): KeelsonError | null {
  if (!["0A000", "58P01", "22023"].includes(sqlstate(error))) return null;
  const name =
    /^extension "([^"]+)" is not available/.exec(error.message)?.[1] ??
    /extension control file ".*[/\\]([^/\\"]+)\.control"/.exec(error.message)?.[1];
  if (name === undefined) return null;
  return new KeelsonError(
    "scratch.extension",
    `${where}: the scratch database, ${label}, does not have the extension "${name}". Nothing was written.`,
    {
      hint: `Name a PostgreSQL server that has ${name} as the scratch database: \`scratch: "postgres://user@host/database"\` in the configuration. Keelson makes databases of its own there and drops them after use.`,
      details: { extension: name, scratch: label },
      cause: error,
    },
  );
}

/** The error as one of ours that is about a statement; anything else is thrown on. */
export function statementFailure(error: unknown): KeelsonError {
  if (isKeelsonError(error) && error.code !== "connection.lost" && typeof error.details["sqlstate"] === "string") {
    return error;
  }
  throw error;
}

/** How many lines into a statement its failure is. */
export function linesInto(sql: string, error: KeelsonError): number {
  const offset = error.details["offset"];
  return typeof offset === "number" ? sql.slice(0, offset).split("\n").length - 1 : 0;
}

/** A statement shortened to one line for messages. */
export function oneLine(sql: string, width = 100): string {
  const line = sql.replaceAll(/\s+/g, " ").trim();
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}

/** The server's own words about a failure: its message with the detail it gave. */
export function serverWords(error: KeelsonError): string {
  const { detail, where } = error.details;
  const more = [detail, where].filter((part) => typeof part === "string" && part !== "");
  return more.length === 0 ? error.message : `${error.message} (${more.join("; ")})`;
}

function sqlstate(error: KeelsonError): string {
  return String(error.details["sqlstate"] ?? "");
}
