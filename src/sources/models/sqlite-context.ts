import type { DrizzleModules, NamedColumn } from "./drizzle.ts";
import type { SqlWriter } from "./sql-of.ts";

/** What the writing of SQLite's statements needs to know beside the model at hand. */
export interface SqliteContext {
  readonly drizzle: DrizzleModules;
  readonly sql: SqlWriter;
  /** The name of a column in the database. */
  columnName(column: NamedColumn): string;
}
