import { isKeelsonError } from "../../errors.ts";
import type { Value } from "../engine.ts";
import type { SqliteSession } from "./sqlite-session.ts";

/** One row of a pragma or of the schema's table. */
export type Row = Readonly<Record<string, Value>>;

/** A table, virtual table or view of the main database, without SQLite's own and without those that a virtual table keeps. */
export interface Relation {
  readonly name: string;
  readonly type: "table" | "virtual" | "view";
  readonly withoutRowid: boolean;
  readonly strict: boolean;
  /** The statement that made it, as SQLite keeps it. */
  readonly definition: string | null;
}

/** Reads tables and views, in the order of their names. */
export async function readRelations(session: SqliteSession): Promise<readonly Relation[]> {
  const found = await session.query<Row>(
    `SELECT name, type, wr, strict FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'virtual', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
  );
  const definitions = await readDefinitions(session);
  return found.rows.map((row) => ({
    name: String(row["name"]),
    type: row["type"] === "virtual" || row["type"] === "view" ? row["type"] : "table",
    withoutRowid: row["wr"] === 1,
    strict: row["strict"] === 1,
    definition: definitions.get(String(row["name"])) ?? null,
  }));
}

/** The statements that made tables, views and indexes, by their names: the three share one space of names. */
export async function readDefinitions(session: SqliteSession): Promise<ReadonlyMap<string, string>> {
  const found = await session.query<Row>(
    "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view', 'index') AND sql IS NOT NULL",
  );
  return new Map(found.rows.map((row) => [String(row["name"]), String(row["sql"])]));
}

/** The columns of a table or view, or null when SQLite can't tell them (a module that is not available, a broken view). */
export async function readColumns(session: SqliteSession, table: string): Promise<readonly Row[] | null> {
  try {
    return (await session.query<Row>("SELECT * FROM pragma_table_xinfo($1, 'main')", [table])).rows;
  } catch (error) {
    if (isKeelsonError(error, "statement.failed")) return null;
    throw error;
  }
}
