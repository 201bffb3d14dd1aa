import type { Check, ForeignKey, PgTable, PrimaryKey, UniqueConstraint } from "drizzle-orm/pg-core";
import type { NamedColumn } from "./drizzle.ts";
import type { NamedSql } from "./found-model.ts";
import { postgresColumn } from "./postgres-column.ts";
import { type PostgresContext, plainName, qualifiedName } from "./postgres-context.ts";
import { indexStatement } from "./postgres-index.ts";
import { referenceOf } from "./reference-of.ts";
import { nameList, quoteName } from "./sql-words.ts";

/** The statements that make a table, by the phase in which they can run. */
export interface TableStatements {
  readonly table: NamedSql;
  readonly indexes: readonly NamedSql[];
  /** After the indexes of all tables, since a foreign key may lead to a unique index. */
  readonly foreignKeys: readonly NamedSql[];
}

/** Writes a table of the models with all that belongs to it, policies left out. */
export function tableStatements(table: PgTable, context: PostgresContext): TableStatements {
  const config = context.drizzle.postgres.getTableConfig(table);
  const { name, schema } = config;
  const columns = config.columns.map((column) => postgresColumn(column, { name, schema }, context));
  const constraints = [
    ...config.primaryKeys.map((key) => primaryKey(key, context)),
    ...config.columns.filter((column) => column.isUnique).map((column) => uniqueColumn(column, context)),
    ...config.uniqueConstraints.map((unique) => uniqueConstraint(unique, context)),
    ...config.checks.map((check) => checkConstraint(check, context)),
  ];
  const body = [...columns, ...new Set(constraints)].map((line) => `  ${line}`).join(",\n");
  const at = qualifiedName(schema, name);
  const shown = plainName(schema, name);
  return {
    table: {
      sql: body === "" ? `CREATE TABLE ${at} ()` : `CREATE TABLE ${at} (\n${body}\n)`,
      subject: `table ${shown}`,
    },
    indexes: config.indexes.map((index) => indexStatement(index, { at, shown, name }, context)),
    foreignKeys: foreignKeys(config.foreignKeys, { at, shown }, context),
  };
}

function namesOf(columns: readonly NamedColumn[], context: PostgresContext): readonly string[] {
  return columns.map((column) => context.columnName(column));
}

function primaryKey(key: PrimaryKey, context: PostgresContext): string {
  const name = castName(key.getName(), key.columns, context);
  return `CONSTRAINT ${quoteName(name)} PRIMARY KEY ${nameList(namesOf(key.columns, context))}`;
}

interface UniqueColumn extends NamedColumn {
  readonly uniqueName: string | undefined;
  readonly uniqueType: string | undefined;
}

function uniqueColumn(column: UniqueColumn, context: PostgresContext): string {
  const nulls = column.uniqueType === "not distinct" ? " NULLS NOT DISTINCT" : "";
  const name = column.uniqueName === undefined ? "" : `CONSTRAINT ${quoteName(column.uniqueName)} `;
  return `${name}UNIQUE${nulls} ${nameList([context.columnName(column)])}`;
}

function uniqueConstraint(unique: UniqueConstraint, context: PostgresContext): string {
  const nulls = unique.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
  const name = unique.getName();
  const named = name === undefined ? "" : `CONSTRAINT ${quoteName(name)} `;
  return `${named}UNIQUE${nulls} ${nameList(namesOf(unique.columns, context))}`;
}

function checkConstraint(check: Check, context: PostgresContext): string {
  return `CONSTRAINT ${quoteName(check.name)} CHECK (${context.sql.write(check.value, "bare")})`;
}

function foreignKeys(
  keys: readonly ForeignKey[],
  table: { readonly at: string; readonly shown: string },
  context: PostgresContext,
): readonly NamedSql[] {
  const written = new Map<string, NamedSql>();
  for (const key of keys) {
    const { columns, foreignColumns, foreignTable } = referenceOf(key, table.shown);
    const name = castName(key.getName(), [...columns, ...foreignColumns], context);
    const other = context.drizzle.postgres.getTableConfig(foreignTable);
    const sql = [
      `ALTER TABLE ${table.at} ADD CONSTRAINT ${quoteName(name)}`,
      `FOREIGN KEY ${nameList(namesOf(columns, context))}`,
      `REFERENCES ${qualifiedName(other.schema, other.name)} ${nameList(namesOf(foreignColumns, context))}`,
      `ON DELETE ${key.onDelete ?? "no action"} ON UPDATE ${key.onUpdate ?? "no action"}`,
    ].join(" ");
    // drizzle-kit keeps the last of two foreign keys with one name.
    written.set(name, { sql, subject: `foreign key ${name} of table ${table.shown}` });
  }
  return [...written.values()];
}

/** The name of a constraint with the names of its columns cast, as drizzle-kit casts them: each once, in order. */
function castName(name: string, columns: readonly NamedColumn[], context: PostgresContext): string {
  return columns.reduce((text, column) => {
    const cast = context.columnName(column);
    return cast === column.name ? text : text.replace(column.name, () => cast);
  }, name);
}
