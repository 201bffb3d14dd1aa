import type { DrizzleModules, NamedColumn } from "./drizzle.ts";
import type { SqlWriter } from "./sql-of.ts";
import { quoteName } from "./sql-words.ts";

/** What the writing of PostgreSQL's statements needs to know beside the model at hand. */
export interface PostgresContext {
  readonly drizzle: DrizzleModules;
  readonly sql: SqlWriter;
  /** The name of a column in the database. */
  columnName(column: NamedColumn): string;
  /** The qualified names of the enums, by how a custom type may write them. */
  readonly enumNames: ReadonlyMap<string, string>;
}

/** A name with its schema, so that no search path decides what it means. */
export function qualifiedName(schema: string | undefined, name: string): string {
  return `${quoteName(schema ?? "public")}.${quoteName(name)}`;
}

/** A name for people: the schema is told where it is not the usual one. */
export function plainName(schema: string | undefined, name: string): string {
  return schema === undefined || schema === "public" ? name : `${schema}.${name}`;
}
