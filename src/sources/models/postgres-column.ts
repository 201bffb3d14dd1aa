import type { SQL } from "drizzle-orm";
import type { PgArray, PgColumn, PgEnum } from "drizzle-orm/pg-core";
import type { DrizzleModules } from "./drizzle.ts";
import type { PostgresContext } from "./postgres-context.ts";
import { qualifiedName } from "./postgres-context.ts";
import { valueLiteral } from "./sql-of.ts";
import { quoteName, textLiteral } from "./sql-words.ts";

type AnyEnum = PgEnum<[string, ...string[]]>;

/** One column of a `CREATE TABLE`. */
export function postgresColumn(
  column: PgColumn,
  table: { readonly name: string; readonly schema: string | undefined },
  context: PostgresContext,
): string {
  const name = context.columnName(column);
  const parts = [quoteName(name), postgresType(column, context)];
  if (column.primary) parts.push("PRIMARY KEY");
  if (column.generatedIdentity !== undefined)
    parts.push(identity(column.generatedIdentity, { ...table, column: name }));
  if (column.generated !== undefined) {
    parts.push(`GENERATED ALWAYS AS (${generatedExpression(column.generated.as, context)}) STORED`);
  }
  const value = defaultOf(column, context);
  if (value !== null) parts.push(`DEFAULT ${value}`);
  if (column.notNull) parts.push("NOT NULL");
  return parts.join(" ");
}

/** The enumerated type that a column, or the elements of an array column, are of. */
export function enumOf(column: PgColumn, drizzle: DrizzleModules): AnyEnum | null {
  const base = baseOf(column, drizzle);
  return "enum" in base && drizzle.postgres.isPgEnum(base.enum) ? base.enum : null;
}

function baseOf(column: PgColumn, drizzle: DrizzleModules): PgColumn {
  let base = column;
  while (drizzle.core.is(base, drizzle.postgres.PgArray)) base = asArray(base).baseColumn;
  return base;
}

function asArray(column: PgColumn): PgArray<never, never> & { readonly baseColumn: PgColumn } {
  return column as unknown as PgArray<never, never> & { readonly baseColumn: PgColumn };
}

function postgresType(column: PgColumn, context: PostgresContext): string {
  const { drizzle } = context;
  if (drizzle.core.is(column, drizzle.postgres.PgArray)) {
    const { baseColumn, size } = asArray(column);
    return `${postgresType(baseColumn, context)}[${typeof size === "number" ? size : ""}]`;
  }
  const type = enumOf(column, drizzle);
  if (type !== null) return qualifiedName(type.schema, type.enumName);
  const written = column.getSQLType();
  // A custom type may name an enum of the models as it stands in the model, letter case and all.
  return context.enumNames.get(written) ?? written;
}

interface Identity {
  readonly type: "always" | "byDefault";
  readonly sequenceName?: string | undefined;
  readonly sequenceOptions?: SequenceOptions | undefined;
}

/** The options of a sequence, as models give them. */
export interface SequenceOptions {
  readonly increment?: number | string | bigint | undefined;
  readonly minValue?: number | string | bigint | undefined;
  readonly maxValue?: number | string | bigint | undefined;
  readonly startWith?: number | string | bigint | undefined;
  readonly cache?: number | string | bigint | undefined;
  readonly cycle?: boolean | undefined;
}

function identity(
  { type, sequenceName, sequenceOptions }: Identity,
  column: { readonly name: string; readonly schema: string | undefined; readonly column: string },
): string {
  const sequence = qualifiedName(column.schema, sequenceName ?? `${column.name}_${column.column}_seq`);
  const options = [`SEQUENCE NAME ${sequence}`, ...sequenceClauses(sequenceOptions ?? {})];
  return `GENERATED ${type === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY (${options.join(" ")})`;
}

/** The clauses for the options that are given; the server's defaults fill in the rest. */
export function sequenceClauses(options: SequenceOptions): readonly string[] {
  const numbers = [
    ["INCREMENT BY", options.increment],
    ["MINVALUE", options.minValue],
    ["MAXVALUE", options.maxValue],
    ["START WITH", options.startWith],
    ["CACHE", options.cache],
  ] as const;
  const clauses = numbers.flatMap(([words, value]) => (value === undefined ? [] : [`${words} ${value}`]));
  return options.cycle === true ? [...clauses, "CYCLE"] : clauses;
}

function generatedExpression(as: unknown, context: PostgresContext): string {
  const expression = typeof as === "function" ? as() : as;
  return isSql(expression, context) ? context.sql.write(expression, "bare") : String(expression);
}

function isSql(value: unknown, context: PostgresContext): value is SQL {
  return context.drizzle.core.is(value, context.drizzle.core.SQL);
}

function defaultOf(column: PgColumn, context: PostgresContext): string | null {
  const { default: value } = column;
  if (value === undefined) return null;
  if (isSql(value, context)) return `(${context.sql.write(value, "bare")})`;
  if (value === null) return "NULL";
  const type = column.getSQLType().toLowerCase();
  if (type === "json" || type === "jsonb") return `${textLiteral(jsonText(value))}::${type}`;
  // Numbers stay numbers, although drivers get them as text: a catalog tells '5'::numeric from 5.
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    return customised(column, context) ? driverLiteral(column, value, context) : valueLiteral("postgres", value);
  }
  return driverLiteral(column, value, context);
}

function customised(column: PgColumn, context: PostgresContext): boolean {
  return context.drizzle.core.is(column, context.drizzle.postgres.PgCustomColumn);
}

function driverLiteral(column: PgColumn, value: unknown, context: PostgresContext): string {
  const mapped: unknown = column.mapToDriverValue(value);
  if (isSql(mapped, context)) return `(${context.sql.write(mapped, "bare")})`;
  if (value instanceof Date && typeof mapped === "string" && column.getSQLType().startsWith("date")) {
    return textLiteral(mapped.slice(0, 10));
  }
  return valueLiteral("postgres", mapped);
}

/** A text that is JSON of an object or a list already is meant as that; drizzle-kit takes it so. */
function jsonText(value: unknown): string {
  if (typeof value === "string" && isJsonOfMany(value)) return value;
  return JSON.stringify(value);
}

function isJsonOfMany(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null;
  } catch {
    return false;
  }
}
