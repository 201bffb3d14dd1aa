import type { SQL } from "drizzle-orm";
import type { Check, ForeignKey, Index, SQLiteColumn, SQLiteTable, SQLiteView } from "drizzle-orm/sqlite-core";
import type { Casing, DrizzleModules } from "./drizzle.ts";
import type { FoundModel, ModelReading, ModelStatement } from "./found-model.ts";
import { orderViews } from "./order-views.ts";
import { referenceOf } from "./reference-of.ts";
import { sqlWriter } from "./sql-of.ts";
import { nameList, quoteName } from "./sql-words.ts";
import { sqliteColumn } from "./sqlite-column.ts";
import type { SqliteContext } from "./sqlite-context.ts";
import { toldAt } from "./told-at.ts";

/** Writes SQLite models as statements, each after what it needs. */
export function sqliteStatements(
  models: readonly FoundModel[],
  drizzle: DrizzleModules,
  casing: Casing | null,
): ModelReading {
  const context: SqliteContext = {
    drizzle,
    sql: sqlWriter(drizzle, "sqlite", casing),
    columnName: (column) => drizzle.columnName(column, casing),
  };
  // The kind of a found model says which of Drizzle's classes made it.
  const tables = models
    .filter(({ kind }) => kind === "table")
    .map(({ value, file, line }) => ({ config: drizzle.sqlite.getTableConfig(value as SQLiteTable), file, line }));
  const views = models
    .filter(({ kind }) => kind === "view")
    .flatMap(({ value, file, line }) => viewStatement(value as SQLiteView, { file, line }, context));
  return {
    statements: [
      ...tables.map(({ config, ...place }) => ({ ...toldAt(place, () => tableStatement(config, context)), ...place })),
      ...tables.flatMap(({ config, ...place }) =>
        [...uniqueIndexes(config, context), ...indexes(config, context)].map((index) => ({ ...index, ...place })),
      ),
      ...orderViews(views).map(({ sql, subject, file, line }) => ({ sql, subject, file, line })),
    ],
    tables: tables.map(({ config }) => config.name).sort(),
    notices: [],
  };
}

type TableConfig = ReturnType<DrizzleModules["sqlite"]["getTableConfig"]>;
type NamedSql = Pick<ModelStatement, "sql" | "subject">;

function namesOf(columns: readonly SQLiteColumn[], context: SqliteContext): readonly string[] {
  return columns.map((column) => context.columnName(column));
}

function tableStatement(config: TableConfig, context: SqliteContext): NamedSql {
  // As with drizzle-kit: a key of one column stands with the column, and keys and foreign keys have no names.
  const sole = config.primaryKeys.filter(({ columns }) => columns.length === 1).map(({ columns }) => columns[0]?.name);
  const lines = [
    ...config.columns.map((column) => sqliteColumn(column, sole.includes(column.name), context)),
    ...config.primaryKeys
      .filter(({ columns }) => columns.length > 1)
      .map(({ columns }) => `PRIMARY KEY ${nameList(namesOf(columns, context))}`),
    ...new Set(config.foreignKeys.map((key) => foreignKey(key, config.name, context))),
    ...config.checks.map((check) => checkConstraint(check, context)),
  ];
  return {
    sql: `CREATE TABLE ${quoteName(config.name)} (\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`,
    subject: `table ${config.name}`,
  };
}

function foreignKey(key: ForeignKey, table: string, context: SqliteContext): string {
  const { columns, foreignColumns, foreignTable } = referenceOf(key, table);
  const other = context.drizzle.core.getTableName(foreignTable);
  return [
    `FOREIGN KEY ${nameList(namesOf(columns, context))}`,
    `REFERENCES ${quoteName(other)} ${nameList(namesOf(foreignColumns, context))}`,
    `ON UPDATE ${key.onUpdate ?? "no action"} ON DELETE ${key.onDelete ?? "no action"}`,
  ].join(" ");
}

/** SQLite keeps the text of an expression: the columns of checks and conditions stand as drizzle-kit writes them. */
function checkConstraint(check: Check, context: SqliteContext): string {
  return `CONSTRAINT ${quoteName(check.name)} CHECK (${context.sql.write(check.value, "qualified")})`;
}

/** Unique columns and constraints are unique indexes, as drizzle-kit makes them. */
function uniqueIndexes(config: TableConfig, context: SqliteContext): readonly NamedSql[] {
  const wanted = [
    ...config.columns
      .filter(({ isUnique }) => isUnique)
      .map((column) => ({ name: column.uniqueName, columns: [column] })),
    ...config.uniqueConstraints.map((unique) => ({ name: unique.getName(), columns: unique.columns })),
  ];
  return wanted.map(({ name, columns }) => {
    const names = namesOf(columns, context);
    const index = name ?? `${config.name}_${names.join("_")}_unique`;
    return {
      sql: `CREATE UNIQUE INDEX ${quoteName(index)} ON ${quoteName(config.name)} ${nameList(names)}`,
      subject: `index ${index} of table ${config.name}`,
    };
  });
}

function indexes(config: TableConfig, context: SqliteContext): readonly NamedSql[] {
  return config.indexes.map(({ config: index }) => ({
    sql: [
      `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quoteName(index.name)} ON ${quoteName(config.name)}`,
      `(${index.columns.map((column) => indexedColumn(column, context)).join(", ")})`,
      ...(index.where === undefined ? [] : [`WHERE ${context.sql.write(index.where, "qualified")}`]),
    ].join(" "),
    subject: `index ${index.name} of table ${config.name}`,
  }));
}

function indexedColumn(column: Index["config"]["columns"][number], context: SqliteContext): string {
  return context.drizzle.core.is(column, context.drizzle.core.SQL)
    ? context.sql.write(column, "bare")
    : quoteName(context.columnName(column));
}

function viewStatement(
  view: SQLiteView,
  place: Pick<ModelStatement, "file" | "line">,
  context: SqliteContext,
): readonly (ModelStatement & { readonly name: string })[] {
  const facts: { readonly name: string; readonly query?: SQL | undefined } = context.drizzle.sqlite.getViewConfig(view);
  if (facts.query === undefined) return [];
  const sql = `CREATE VIEW ${quoteName(facts.name)} AS ${context.sql.write(facts.query, "qualified")}`;
  return [{ name: facts.name, sql, subject: `view ${facts.name}`, ...place }];
}
