import type { SchemaObject } from "../../catalog/catalog.ts";
import { idParts, plainPart } from "../../catalog/object-id.ts";
import { canonicalText, shortName, wholeTokens } from "./ddl/canonical-text.ts";
import { parseCreateIndex } from "./ddl/parse-create-index.ts";
import { parseCreateTable } from "./ddl/parse-create-table.ts";
import type { ColumnDefinition, ConstraintDefinition, KeyColumn, TableDefinition } from "./ddl/table-definition.ts";
import { namedRelations } from "./named-relations.ts";
import { objectId, schemaObject } from "./object-ids.ts";
import type { Relation, Row } from "./relations.ts";
import { foldName, type Token } from "./script/tokens.ts";

/** A table with what SQLite itself says of it. */
export interface TableReading {
  readonly relation: Relation;
  /** Rows of `table_xinfo`. */
  readonly columns: readonly Row[];
  /** One row per index that CREATE INDEX made. */
  readonly indexes: readonly Row[];
  /** The ids of tables and views by their names, folded. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The table, its columns, constraints and indexes as schema objects. */
export function describeTable(reading: TableReading): readonly SchemaObject[] {
  const { relation } = reading;
  const definition = relation.type === "virtual" ? null : understood(reading);
  return [
    tableObject(reading, definition),
    ...reading.columns.map((row) => columnObject(relation, row, definition)),
    ...(definition === null ? [] : constraintObjects(reading, definition)),
    ...reading.indexes.map((row) => indexObject(relation, row)),
  ];
}

/** The definition taken apart, or null where that does not give the columns that SQLite knows. */
function understood({ relation, columns }: TableReading): TableDefinition | null {
  const definition = parseCreateTable(relation.definition ?? "");
  if (definition === null || definition.columns.length !== columns.length) return null;
  const same = definition.columns.every((column, index) => column.name === columns[index]?.["name"]);
  return same ? definition : null;
}

/** A virtual table is its definition, and so is a table whose definition could not be taken apart. */
function tableObject({ relation, ids }: TableReading, definition: TableDefinition | null): SchemaObject {
  const own = objectId("table", [relation.name]);
  const virtual = relation.type === "virtual";
  return schemaObject({
    kind: "table",
    names: [relation.name],
    parent: null,
    attributes: {
      definition: definition === null ? canonicalText(wholeTokens(relation.definition ?? "")) : null,
      strict: relation.strict,
      virtual,
      withoutRowid: relation.withoutRowid,
    },
    dependsOn: virtual ? namedRelations(relation.definition ?? "", ids).filter((id) => id !== own) : [],
    source: relation.definition,
  });
}

function columnObject(relation: Relation, row: Row, definition: TableDefinition | null): SchemaObject {
  const name = String(row["name"]);
  const column = definition?.columns.find((one) => one.name === name);
  const generated = column?.generated ?? null;
  return schemaObject({
    kind: "column",
    names: [relation.name, name],
    parent: objectId("table", [relation.name]),
    attributes: {
      collation: column === undefined ? null : collationOf(column),
      default: defaultOf(row, column),
      expression: generated === null ? null : canonicalText(generated.expression),
      generated: row["hidden"] === 2 ? "virtual" : row["hidden"] === 3 ? "stored" : null,
      hidden: row["hidden"] === 1,
      named: column === undefined || column.named.length === 0 ? null : column.named,
      notNull: column?.notNull ?? row["notnull"] === 1,
      notNullConflict: column?.notNullConflict ?? null,
      type: typeText(String(row["type"])),
    },
    position: Number(row["cid"]) + 1,
    source: column === undefined || definition === null ? null : sourceOf(definition, column.tokens),
  });
}

/** BINARY is what a column has without a clause; names of collations ignore case. */
function collationOf(column: ColumnDefinition): string | null {
  const collation = column.collation?.toUpperCase() ?? "BINARY";
  return collation === "BINARY" ? null : collation;
}

function defaultOf(row: Row, column: ColumnDefinition | undefined): string | null {
  if (column !== undefined) return column.default === null ? null : canonicalText(column.default);
  return row["dflt_value"] === null || row["dflt_value"] === undefined ? null : String(row["dflt_value"]);
}

/** A declared type with one blank between words and none around parentheses and commas. */
function typeText(type: string): string {
  let text = "";
  let tight = true;
  for (const { kind, text: word } of wholeTokens(type)) {
    text += tight || kind === "punctuation" ? word : ` ${word}`;
    tight = kind === "punctuation" && word !== ")";
  }
  return text;
}

function constraintObjects({ relation, columns, ids }: TableReading, definition: TableDefinition) {
  const names = new Map<string, number>();
  const collations = new Map(definition.columns.map((column) => [foldName(column.name), collationOf(column)]));
  const own = new Map(columns.map((row) => [foldName(String(row["name"])), String(row["name"])]));
  return definition.constraints.map((constraint, index): SchemaObject => {
    const key = constraint.columns.map((column) => keyColumnText(column, { collations, own }));
    const parent = constraint.references === null ? undefined : ids.get(foldName(constraint.references.table));
    return schemaObject({
      kind: "constraint",
      names: [relation.name, numbered(names, constraintName(constraint, key))],
      parent: objectId("table", [relation.name]),
      attributes: {
        name: constraint.name,
        type: constraint.type,
        ...(constraint.type === "check" ? {} : { columns: key }),
        ...(constraint.conflict === null ? {} : { conflict: constraint.conflict }),
        ...constraintAttributes(constraint, relation, columns),
        // The parent as it spells itself, because names ignore capitals.
        ...(parent === undefined ? {} : { references: plainPart(idParts(parent).at(-1) ?? "") }),
      },
      dependsOn: parent === undefined || parent === objectId("table", [relation.name]) ? [] : [parent],
      position: index + 1,
      source: sourceOf(definition, constraint.tokens),
    });
  });
}

function constraintAttributes(
  constraint: ConstraintDefinition,
  relation: Relation,
  columns: readonly Row[],
): Readonly<Record<string, string | boolean | null | readonly string[]>> {
  const { references } = constraint;
  if (constraint.type === "check") return { expression: canonicalText(constraint.expression) };
  if (constraint.type === "primary key") {
    return { autoincrement: constraint.autoincrement, rowid: isRowid(constraint, relation, columns) };
  }
  if (references === null) return {};
  return {
    deferrable: references.deferrable,
    match: references.match,
    onDelete: references.onDelete,
    onUpdate: references.onUpdate,
    references: references.table,
    referencesColumns: references.columns,
  };
}

/** Whether the key is the rowid under another name; `INTEGER PRIMARY KEY DESC` at the column is not (a quirk of SQLite's). */
function isRowid(constraint: ConstraintDefinition, relation: Relation, columns: readonly Row[]): boolean {
  const [column, ...more] = constraint.columns;
  if (column === undefined || more.length > 0 || relation.withoutRowid) return false;
  const row = columns.find((one) => foldName(String(one["name"])) === foldName(column.name));
  const integer = String(row?.["type"]).toUpperCase() === "INTEGER";
  return integer && !(constraint.level === "column" && column.descending);
}

/** Constraints are told apart by what they do; a check by its name where it has one. */
function constraintName(constraint: ConstraintDefinition, key: readonly string[]): string {
  const list = key.join(", ");
  if (constraint.type === "primary key") return "primary key";
  if (constraint.type === "unique") return `unique (${list})`;
  if (constraint.type === "foreign key") return `foreign key (${list}) to ${constraint.references?.table}`;
  return constraint.name ?? `check (${canonicalText(constraint.expression)})`;
}

/** Constraints without names of their own may be equal; the second one gets a number. */
function numbered(names: Map<string, number>, name: string): string {
  const count = (names.get(name) ?? 0) + 1;
  names.set(name, count);
  return count === 1 ? name : `${name} ${count}`;
}

interface OwnColumns {
  readonly collations: ReadonlyMap<string, string | null>;
  /** Column names as the table spells them, by their folded names. */
  readonly own: ReadonlyMap<string, string>;
}

function keyColumnText(column: KeyColumn, { collations, own }: OwnColumns): string {
  const folded = foldName(column.name);
  const collation = column.collation?.toUpperCase() ?? collations.get(folded) ?? "BINARY";
  const collated = collation === "BINARY" ? "" : ` COLLATE ${collation}`;
  return `${own.get(folded) ?? column.name}${collated}${column.descending ? " DESC" : ""}`;
}

function indexObject(relation: Relation, row: Row): SchemaObject {
  const sql = String(row["sql"]);
  const definition = parseCreateIndex(sql);
  const known = JSON.parse(String(row["columns"])) as readonly (readonly [string | null, string])[];
  const columns = known.map(([name, collation], index) => {
    const part = definition?.parts[index];
    const direction = part?.descending === true ? " DESC" : "";
    if (name === null) return `${canonicalText(part?.expression ?? [])}${direction}`;
    const collated = collation.toUpperCase() === "BINARY" ? "" : ` COLLATE ${collation.toUpperCase()}`;
    return `${shortName(name)}${collated}${direction}`;
  });
  return schemaObject({
    kind: "index",
    names: [relation.name, String(row["name"])],
    parent: objectId("table", [relation.name]),
    attributes: {
      columns,
      definition: definition === null ? canonicalText(wholeTokens(sql)) : null,
      unique: row["unique"] === 1,
      where: definition?.where == null ? null : canonicalText(definition.where),
    },
    source: sql,
  });
}

/** The text from the first to the last of these tokens, comments between them included. */
function sourceOf(definition: TableDefinition, tokens: readonly Token[]): string {
  return definition.sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);
}
