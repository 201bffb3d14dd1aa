import type { SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { valueLiteral } from "./sql-of.ts";
import { quoteName } from "./sql-words.ts";
import type { SqliteContext } from "./sqlite-context.ts";
import { standsAlone } from "./stands-alone.ts";

/** One column of a `CREATE TABLE`. */
export function sqliteColumn(column: SQLiteColumn, soleKey: boolean, context: SqliteContext): string {
  const parts = [quoteName(context.columnName(column)), column.getSQLType()];
  if (column.primary || soleKey) parts.push("PRIMARY KEY");
  if (column.primary && "autoIncrement" in column && column.autoIncrement === true) parts.push("AUTOINCREMENT");
  const value = defaultOf(column, context);
  if (value !== null) parts.push(`DEFAULT ${value}`);
  if (column.generated !== undefined) {
    const { as, mode } = column.generated;
    parts.push(`GENERATED ALWAYS AS (${expressionOf(as, context)}) ${mode === "stored" ? "STORED" : "VIRTUAL"}`);
  }
  if (column.notNull) parts.push("NOT NULL");
  return parts.filter((part) => part !== "").join(" ");
}

function isSql(value: unknown, context: SqliteContext): value is SQL {
  return context.drizzle.core.is(value, context.drizzle.core.SQL);
}

function expressionOf(as: unknown, context: SqliteContext): string {
  const expression = typeof as === "function" ? as() : as;
  return isSql(expression, context) ? context.sql.write(expression, "bare") : String(expression);
}

function defaultOf(column: SQLiteColumn, context: SqliteContext): string | null {
  const { default: value } = column;
  if (value === undefined) return null;
  if (isSql(value, context)) return inParentheses(context.sql.write(value, "bare"));
  if (value === null) return "NULL";
  // What drizzle-kit writes for these is kept, although the driver would store a text or a number.
  if (typeof value === "number" || typeof value === "boolean") return valueLiteral("sqlite", value);
  const mapped: unknown = column.mapToDriverValue(value);
  if (isSql(mapped, context)) return inParentheses(context.sql.write(mapped, "bare"));
  if (typeof value === "bigint" && typeof mapped === "string") return valueLiteral("sqlite", value);
  return valueLiteral("sqlite", mapped);
}

/** SQLite takes a bare default only where it is one literal; an expression has to stand in parentheses. */
function inParentheses(expression: string): string {
  return standsAlone(expression) ? expression : `(${expression})`;
}
