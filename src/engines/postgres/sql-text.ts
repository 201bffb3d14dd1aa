import type { PreparedSqlText, SqlText, StatementFailure, Value } from "../engine.ts";
import { resetStatements } from "./session/reset-statements.ts";

/** Where Keelson keeps its tables. */
export interface LedgerHome {
  readonly schema: string;
  readonly prefix: string;
}

/** The identifier in double quotes, whatever it holds. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal that means the same whatever `standard_conforming_strings` says. */
export function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
}

/** The SQL that Keelson writes itself for PostgreSQL servers and PGlite. */
export function postgresSqlText(home: LedgerHome): SqlText {
  return {
    identifier: quoteIdentifier,
    literal,
    table: (name) => `${quoteIdentifier(home.schema)}.${quoteIdentifier(home.prefix + name)}`,
    home: home.prefix === "" ? `schema ${home.schema}` : `tables ${home.schema}.${home.prefix}*`,
    // CREATE SCHEMA IF NOT EXISTS asks for the privilege to create even where the schema is there already.
    createHome: [
      doBlock(
        `IF pg_catalog.to_regnamespace(${quoteText(quoteIdentifier(home.schema))}) IS NULL THEN CREATE SCHEMA ${quoteIdentifier(home.schema)}; END IF;`,
      ),
    ],
    begin: "BEGIN ISOLATION LEVEL READ COMMITTED",
    timestampType: "timestamptz",
    now: "clock_timestamp()",
    epochMs: (column) => `pg_catalog.floor(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint`,
    forShare: " FOR SHARE",
    lockTimeout: (milliseconds) => [`SET LOCAL lock_timeout = ${Math.max(0, Math.round(milliseconds))}`],
    assert: (condition, message) =>
      doBlock(`IF (${condition}) IS NOT TRUE THEN RAISE EXCEPTION USING MESSAGE = ${quoteText(message)}; END IF;`),
    transactionMs: "EXTRACT(EPOCH FROM clock_timestamp() - transaction_timestamp()) * 1000",
    prepared: preparedStatements,
    resetSession: resetStatements,
    columnsOf,
    foldsNames: false,
    isMissingTable: ({ sqlstate }: StatementFailure) => sqlstate === "42P01" || sqlstate === "3F000",
    scriptHead: () => ["-- For psql: psql -X -v ON_ERROR_STOP=1 -f FILE", "\\set ON_ERROR_STOP on"],
    scriptSettings: ["SET client_encoding = 'UTF8'", "SET client_min_messages = warning"],
  };
}

/** A table may have no columns; then it has one row without a name. */
function columnsOf(table: string): string {
  return `SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
  a.attnotnull::pg_catalog.int4 AS not_null, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS "default"
FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.oid = pg_catalog.to_regclass(${quoteText(table)}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY a.attnum`;
}

const preparedStatements: PreparedSqlText = {
  prepare: (name, statement, parameters) => {
    const types = parameters === 0 ? "" : `(${Array.from({ length: parameters }, () => "text").join(", ")})`;
    return `PREPARE ${quoteIdentifier(name)}${types} AS ${statement}`;
  },
  execute: (name, values) => {
    const list = values.length === 0 ? "" : `(${values.map(literal).join(", ")})`;
    return `EXECUTE ${quoteIdentifier(name)}${list}`;
  },
  isForgotten: ({ sqlstate }) => sqlstate === "26000",
};

function literal(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoteText(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (!Number.isFinite(value)) return `'${value}'::float8`;
  // A minus is an operator that binds weaker than a cast.
  return value < 0 ? `(${value})` : String(value);
}

function doBlock(body: string): string {
  let tag = "keelson";
  while (body.includes(`$${tag}$`)) tag += "_";
  return `DO $${tag}$ BEGIN ${body} END $${tag}$`;
}
