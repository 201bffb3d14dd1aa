import type { SqlText, StatementFailure, Value } from "../engine.ts";
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
    resetSession: resetStatements,
    isMissingTable: ({ sqlstate }: StatementFailure) => sqlstate === "42P01" || sqlstate === "3F000",
    scriptHead: ["-- For psql: psql -X -v ON_ERROR_STOP=1 -f FILE", "\\set ON_ERROR_STOP on"],
    scriptSettings: ["SET client_encoding = 'UTF8'", "SET client_min_messages = warning"],
  };
}

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
