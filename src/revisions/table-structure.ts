import type { Engine, Session } from "../engines/engine.ts";

/** One column of a table as the database has it. */
export interface ColumnStructure {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The expression of its default, or null. */
  readonly default: string | null;
}

/** The columns of a table or view, in their order. */
export interface TableStructure {
  readonly table: string;
  readonly columns: readonly ColumnStructure[];
}

/** Reads the structure of the table or view that a statement would find by this name; null where it finds none. */
export async function readStructure(
  { engine, session }: { readonly engine: Engine; readonly session: Session },
  table: string,
): Promise<TableStructure | null> {
  const { rows } = await session.query(engine.sql.columnsOf(table));
  if (rows.length === 0) return null;
  const named = rows.filter((row) => row["name"] !== null);
  const columns = named.map((row) => ({
    name: String(row["name"]),
    type: String(row["type"] ?? ""),
    nullable: Number(row["not_null"]) === 0,
    default: row["default"] === null || row["default"] === undefined ? null : String(row["default"]),
  }));
  return { table, columns };
}
