import type { SQL } from "drizzle-orm";
import { KeelsonError } from "../../errors.ts";
import type { Casing, DrizzleModules } from "./drizzle.ts";
import { hexOf, textLiteral } from "./sql-words.ts";

/** Writes SQL expressions of models as text that needs no parameters. */
export interface SqlWriter {
  /**
   * `bare`: columns of the model's own table stand without the table's name, as generated columns, checks and indexes
   * want them. `qualified`: with it, so that subqueries mean what they say.
   */
  write(expression: SQL, columns: "bare" | "qualified"): string;
}

interface WritingDialect {
  sqlToQuery(expression: SQL, invokeSource?: "indexes"): { readonly sql: string };
}

/** A writer for one dialect; values within an expression become literals of that dialect. */
export function sqlWriter(drizzle: DrizzleModules, dialect: "postgres" | "sqlite", casing: Casing | null): SqlWriter {
  const options = casing === null ? {} : { casing };
  const made =
    dialect === "postgres" ? new drizzle.postgres.PgDialect(options) : new drizzle.sqlite.SQLiteSyncDialect(options);
  // Drizzle's own inlining prints dates, bytes and lists as JavaScript does; parameters come by here as the driver gets them.
  const writer: WritingDialect = Object.assign(made, {
    escapeParam: (_index: number, value: unknown): string => parameterLiteral(drizzle, dialect, value),
  });
  return {
    write: (expression, columns) => {
      const plain = drizzle.core.sql.join([expression.getSQL()]);
      const text = withoutInlining(drizzle, plain);
      return writer.sqlToQuery(text, columns === "bare" ? "indexes" : undefined).sql.trim();
    },
  };
}

/** The same expression with its parameters left to the dialect: views ask for Drizzle's inlining by themselves. */
function withoutInlining(drizzle: DrizzleModules, expression: SQL): SQL {
  const chunks = expression.queryChunks.map((chunk) =>
    drizzle.core.is(chunk, drizzle.core.SQL) ? withoutInlining(drizzle, chunk) : chunk,
  );
  return drizzle.core.sql.fromList(chunks);
}

/** A parameter of an expression as a literal. */
function parameterLiteral(drizzle: DrizzleModules, dialect: "postgres" | "sqlite", value: unknown): string {
  if (drizzle.core.is(value, drizzle.core.Placeholder) || drizzle.core.is(value, drizzle.core.Param)) {
    throw new KeelsonError(
      "source.invalid",
      "An expression of the models has a placeholder, which has no value here.",
      {
        hint: "Write the value itself, or sql.raw(...), where the model has sql.placeholder(...).",
      },
    );
  }
  return valueLiteral(dialect, value);
}

/** A JavaScript value as a driver gets it, as a literal of the dialect. */
export function valueLiteral(dialect: "postgres" | "sqlite", value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "string") return textLiteral(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return numberLiteral(dialect, value);
  if (value instanceof Uint8Array) return dialect === "postgres" ? `'\\x${hexOf(value)}'` : `X'${hexOf(value)}'`;
  if (value instanceof Date) return textLiteral(value.toISOString());
  return textLiteral(JSON.stringify(value));
}

function numberLiteral(dialect: "postgres" | "sqlite", value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (dialect === "postgres") return textLiteral(String(value));
  // SQLite has no name for infinity; a literal beyond the range of its numbers is it.
  return Number.isNaN(value) ? "NULL" : value > 0 ? "9e999" : "-9e999";
}
