import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { parseCreateTable } from "../ddl/parse-create-table.ts";
import type { ColumnDefinition, ConstraintDefinition, TableDefinition } from "../ddl/table-definition.ts";
import { foldName } from "../script/tokens.ts";

/** A table of a catalog with everything that is a part of it. */
export interface TableModel {
  readonly table: SchemaObject;
  /** The table's name, without quotes. */
  readonly name: string;
  /** In their order. */
  readonly columns: readonly SchemaObject[];
  readonly constraints: readonly SchemaObject[];
  readonly indexes: readonly SchemaObject[];
  readonly triggers: readonly SchemaObject[];
  readonly virtual: boolean;
  readonly strict: boolean;
  readonly withoutRowid: boolean;
  /** The statement taken apart, or null for a virtual table and for what could not be. */
  readonly definition: TableDefinition | null;
}

const known = new WeakMap<Catalog, ReadonlyMap<string, TableModel>>();

/** The tables of a catalog by their ids; made once, because a plan is asked of them by many. */
export function tableModels(catalog: Catalog): ReadonlyMap<string, TableModel> {
  const found = known.get(catalog);
  if (found !== undefined) return found;
  const parts = new Map<string, SchemaObject[]>();
  for (const object of catalog.objects) {
    if (object.parent === null) continue;
    const list = parts.get(object.parent);
    if (list === undefined) parts.set(object.parent, [object]);
    else list.push(object);
  }
  const tables = catalog.objects.filter((object) => object.kind === "table");
  const models = new Map(tables.map((table) => [table.id, tableModel(table, parts.get(table.id) ?? [])]));
  known.set(catalog, models);
  return models;
}

function tableModel(table: SchemaObject, parts: readonly SchemaObject[]): TableModel {
  const of = (kind: SchemaObject["kind"]): readonly SchemaObject[] =>
    parts.filter((part) => part.kind === kind).sort((a, b) => a.position - b.position);
  const understood = table.attributes["definition"] === null;
  return {
    table,
    name: table.name,
    columns: of("column"),
    constraints: of("constraint"),
    indexes: of("index"),
    triggers: of("trigger"),
    virtual: table.attributes["virtual"] === true,
    strict: table.attributes["strict"] === true,
    withoutRowid: table.attributes["withoutRowid"] === true,
    definition: understood ? parseCreateTable(table.source ?? "") : null,
  };
}

/** The name of a column, without quotes and without its table. */
export function columnName(table: TableModel, column: SchemaObject): string {
  return column.name.slice(table.name.length + 1);
}

/** A column as the table's definition has it. */
export function columnDefinition(table: TableModel, column: SchemaObject): ColumnDefinition | undefined {
  return table.definition?.columns.find((one) => one.name === columnName(table, column));
}

/** A constraint as the table's definition has it. */
export function constraintDefinition(table: TableModel, constraint: SchemaObject): ConstraintDefinition | undefined {
  return table.definition?.constraints[constraint.position - 1];
}

/** The column that is the rowid under another name, by its folded name, or null. */
export function rowidColumn(table: TableModel): string | null {
  const key = table.constraints.find((constraint) => constraint.attributes["rowid"] === true);
  const column = key === undefined ? undefined : constraintDefinition(table, key)?.columns[0];
  return column === undefined ? null : foldName(column.name);
}

/** The names of the columns that a row must be given a value for: NOT NULL, and nothing to take instead. */
export function columnsWithoutValue(table: TableModel): readonly string[] {
  const rowid = rowidColumn(table);
  return table.columns
    .filter(({ attributes }) => attributes["notNull"] === true && attributes["hidden"] !== true)
    .filter(({ attributes }) => attributes["generated"] === null)
    .filter(({ attributes }) => /^null$/i.test(String(attributes["default"])))
    .map((column) => columnName(table, column))
    .filter((name) => foldName(name) !== rowid);
}

/** Whether ids of the table are never used again (AUTOINCREMENT). */
export function neverReusesIds(table: TableModel): boolean {
  return table.constraints.some((constraint) => constraint.attributes["autoincrement"] === true);
}

/** Whether two objects are the same as far as they are compared. */
export function sameAttributes(a: SchemaObject, b: SchemaObject): boolean {
  return JSON.stringify(a.attributes) === JSON.stringify(b.attributes);
}

/** What must go and what must come for a list of objects to become another; a changed object is in both. */
export function splitChanges(
  from: readonly SchemaObject[],
  to: readonly SchemaObject[],
): { readonly gone: readonly SchemaObject[]; readonly come: readonly SchemaObject[] } {
  const old = new Map(from.map((object) => [object.id, object]));
  const current = new Map(to.map((object) => [object.id, object]));
  const stays = (object: SchemaObject, others: ReadonlyMap<string, SchemaObject>): boolean => {
    const other = others.get(object.id);
    return other !== undefined && sameAttributes(object, other);
  };
  return {
    gone: from.filter((object) => !stays(object, current)),
    come: to.filter((object) => !stays(object, old)),
  };
}
