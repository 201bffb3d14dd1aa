import type { SqlText, StatementFailure, Value } from "../engine.ts";
import { neededVersion } from "./script/needed-version.ts";

/** Session settings that a revision may have changed, as every step expects to find them. */
const settingsBetweenSteps = [
  "PRAGMA foreign_keys=OFF",
  "PRAGMA legacy_alter_table=OFF",
  "PRAGMA ignore_check_constraints=OFF",
  "PRAGMA recursive_triggers=OFF",
  "PRAGMA case_sensitive_like=OFF",
];

/** Writes SQL for SQLite; `prefix` is put before the names of Keelson's own tables. */
export function sqliteText(prefix: string): SqlText {
  return {
    identifier,
    literal,
    table: (name) => identifier(`${prefix}${name}`),
    home: `tables ${prefix}*`,
    createHome: [],
    begin: "BEGIN IMMEDIATE",
    timestampType: "text",
    now: "(strftime('%Y-%m-%dT%H:%M:%fZ','now'))",
    // A Julian day has room for 40 microseconds; rounding gives the milliseconds that were written.
    epochMs: (column) => `CAST(round((julianday(${column}) - 2440587.5) * 86400000) AS INTEGER)`,
    forShare: "",
    lockTimeout: () => [],
    assert,
    transactionMs: null,
    prepared: null,
    resetSession: settingsBetweenSteps,
    columnsOf,
    foldsNames: true,
    isMissingTable: (failure: StatementFailure, message: string) =>
      failure.sqlstate === "SQLITE_ERROR" && message.startsWith("no such table:"),
    scriptHead: (statements) => [
      `-- For sqlite3 ${neededVersion(statements)} or later: sqlite3 DATABASE < THIS_FILE. The database must not be in use by a run of Keelson.`,
      ".bail on",
      ".timeout 5000",
      "-- Foreign keys stay off while tables are rebuilt; otherwise dropping a table would delete the rows that point to it.",
    ],
    scriptSettings: ["PRAGMA foreign_keys=OFF"],
  };
}

/** A name in double quotes, which never reads as a keyword. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Generated columns are columns too; those that only a virtual table's module sees are not. */
function columnsOf(table: string): string {
  const parts = table.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  const [name = "", schema] = parts.map(unquoted).toReversed();
  const place = schema === undefined ? literal(name) : `${literal(name)}, ${literal(schema)}`;
  return `SELECT name, type, "notnull" AS not_null, dflt_value AS "default" FROM pragma_table_xinfo(${place}) WHERE hidden <> 1 ORDER BY cid`;
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.trim();
}

/** A value as SQL writes it. */
export function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return numberLiteral(value);
  // SQLite stops reading a statement at a NUL character, so it is written as an expression.
  const parts = value.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" || char(0) || ")})`;
}

function numberLiteral(value: number): string {
  if (Number.isNaN(value)) return "NULL";
  if (!Number.isFinite(value)) return value > 0 ? "9e999" : "-9e999";
  return Object.is(value, -0) ? "0" : String(value);
}

/** SQLite has no statement that raises an error with a text, but it names the constraint that a row breaks. */
function assert(condition: string, message: string): string {
  const guard = "temp.keelson_assertion";
  return [
    `DROP TABLE IF EXISTS ${guard}`,
    `CREATE TEMP TABLE keelson_assertion (holds INTEGER CONSTRAINT ${identifier(message)} CHECK (holds))`,
    `INSERT INTO ${guard} SELECT coalesce((${condition}), 0)`,
    `DROP TABLE ${guard}`,
  ].join(";\n");
}
