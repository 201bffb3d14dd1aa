import type { SQL } from "drizzle-orm";
import type { Index } from "drizzle-orm/pg-core";
import { KeelsonError } from "../../errors.ts";
import type { NamedColumn } from "./drizzle.ts";
import type { NamedSql } from "./found-model.ts";
import type { PostgresContext } from "./postgres-context.ts";
import { quoteName, textLiteral } from "./sql-words.ts";

interface IndexTable {
  /** Its name in SQL. */
  readonly at: string;
  readonly shown: string;
  readonly name: string;
}

/** What Drizzle keeps of an indexed column; its declared type says less. */
interface IndexedColumnFacts extends NamedColumn {
  readonly indexConfig?: {
    readonly order?: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly opClass?: string;
  };
}

/** Writes an index. It is made at once: on an empty scratch database CONCURRENTLY would only stand in the way. */
export function indexStatement(index: Index, table: IndexTable, context: PostgresContext): NamedSql {
  const { config } = index;
  const columns = config.columns.map((column) => {
    if (isSql(column, context)) return { sql: context.sql.write(column, "bare"), name: null };
    const facts = column as unknown as IndexedColumnFacts;
    return { sql: indexedColumn(facts, context), name: context.columnName(facts) };
  });
  const name = config.name ?? defaultName(table, columns);
  const parts = [
    `CREATE ${config.unique === true ? "UNIQUE " : ""}INDEX ${quoteName(name)} ON ${table.at}`,
    `USING ${quoteName(config.method ?? "btree")} (${columns.map(({ sql }) => sql).join(", ")})`,
    ...storage(config.with ?? {}),
    ...(config.where === undefined ? [] : [`WHERE ${context.sql.write(config.where, "bare")}`]),
  ];
  return { sql: parts.join(" "), subject: `index ${name} of table ${table.shown}` };
}

function isSql(column: Index["config"]["columns"][number], context: PostgresContext): column is SQL {
  return context.drizzle.core.is(column, context.drizzle.core.SQL);
}

function indexedColumn(column: IndexedColumnFacts, context: PostgresContext): string {
  const { order = "asc", nulls, opClass } = column.indexConfig ?? {};
  const parts = [quoteName(context.columnName(column))];
  if (opClass !== undefined) parts.push(opClass);
  if (order === "desc") parts.push("DESC");
  // Drizzle says "last" where a model says nothing, for descending columns too, where the server's own default is "first".
  if (order === "desc" && nulls === "last") parts.push("NULLS LAST");
  if (order === "asc" && nulls === "first") parts.push("NULLS FIRST");
  return parts.join(" ");
}

function defaultName(
  table: IndexTable,
  columns: readonly { readonly sql: string; readonly name: string | null }[],
): string {
  const names = columns.map(({ sql, name }) => {
    if (name !== null) return name;
    throw new KeelsonError("source.invalid", `An index of table ${table.shown} has an expression and no name: ${sql}`, {
      hint: 'Name it: index("a_name").on(...). Only indexes on columns alone can be named after them.',
    });
  });
  return `${table.name}_${names.join("_")}_index`;
}

function storage(options: Readonly<Record<string, unknown>>): readonly string[] {
  const written = Object.entries(options).map(([name, value]) => `${name} = ${storageValue(value)}`);
  return written.length === 0 ? [] : [`WITH (${written.join(", ")})`];
}

/** The value of a storage parameter. */
export function storageValue(value: unknown): string {
  return typeof value === "string" ? textLiteral(value) : String(value);
}
