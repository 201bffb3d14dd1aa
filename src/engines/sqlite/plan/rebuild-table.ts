import type { SchemaObject } from "../../../catalog/catalog.ts";
import type { PlannedStatement } from "../../../plan/plan.ts";
import { shortName, wholeTokens } from "../ddl/canonical-text.ts";
import { foldName, isPunctuation, plainName, type Token } from "../script/tokens.ts";
import { literal } from "../sql-text.ts";
import { columnLosses, copiedValue } from "./copied-value.ts";
import { columnName, neverReusesIds, rowidColumn, type TableModel } from "./table-model.ts";

/** A table to be rebuilt, and a name that nothing in either catalog has. */
export interface Rebuild {
  readonly from: TableModel;
  readonly to: TableModel;
  readonly temporary: string;
}

/**
 * Writes the statements that replace a table by a new one with its rows: create, copy, drop, rename, in that order. The
 * other order, with the old table renamed away first, would turn the foreign keys that point to it. Indexes and triggers
 * go with the old table and are the caller's to make again.
 */
export function rebuildTable(rebuild: Rebuild): readonly PlannedStatement[] {
  const { from, to, temporary } = rebuild;
  const name = shortName(from.name);
  const objects = [to.table.id];
  const losses = rebuildLosses(from, to);
  const statement = (sql: string, title: string): PlannedStatement => ({ sql, title, objects, losses: [] });
  return [
    statement(withTableName(to, temporary), `create the new table ${to.name} as ${temporary}`),
    ...copyRows(rebuild).map((sql) => statement(sql, `copy the rows of ${to.name}`)),
    ...copyHighestId(rebuild).map((sql) => statement(sql, `keep the highest id that ${to.name} ever had`)),
    { ...statement(`DROP TABLE ${name}`, `drop the old table ${to.name}, whose rows are copied`), losses },
    statement(`ALTER TABLE ${shortName(temporary)} RENAME TO ${shortName(to.name)}`, `give ${to.name} its name`),
  ];
}

/** The statement that makes the table, with another name for it, also where a check names it. */
export function withTableName(table: TableModel, name: string): string {
  const sql = table.table.source ?? "";
  const tokens = wholeTokens(sql);
  const at = nameAt(tokens);
  const isTable = (token: Token | undefined): boolean =>
    (token?.kind === "word" || token?.kind === "quoted") && foldName(plainName(token)) === foldName(table.name);
  const own = tokens.filter(
    (token, index) => index === at || (index > at && isTable(token) && isPunctuation(tokens[index + 1], ".")),
  );
  let text = "";
  let end = 0;
  for (const token of own) {
    text += sql.slice(end, token.start) + shortName(name);
    end = token.end;
  }
  return text + sql.slice(end);
}

/** Where the name of the table stands: behind TABLE. */
function nameAt(tokens: readonly Token[]): number {
  return tokens.findIndex((token) => token.kind === "word" && token.text.toUpperCase() === "TABLE") + 1;
}

/** Copies what both tables have; a new column gets its default, and a computed one its own value. */
function copyRows({ from, to, temporary }: Rebuild): readonly string[] {
  const old = new Map(from.columns.map((column) => [column.id, column]));
  const pairs = to.columns.flatMap((column) => {
    const before = old.get(column.id);
    if (before === undefined || column.attributes["generated"] !== null) return [];
    return [{ name: shortName(columnName(to, column)), value: copiedValue(from, to, { before, after: column }) }];
  });
  const rowid = rowidToKeep(from, to);
  const all = rowid === null ? pairs : [{ name: rowid, value: rowid }, ...pairs];
  if (all.length === 0) return [];
  const names = all.map((pair) => pair.name).join(", ");
  const values = all.map((pair) => pair.value).join(", ");
  return [`${insertInto(to)} ${shortName(temporary)} (${names})\nSELECT ${values} FROM ${shortName(from.name)}`];
}

/** A conflict clause of the new table would skip or replace rows in silence, so it is overruled. */
function insertInto(table: TableModel): string {
  const clauses = [...table.columns, ...table.constraints].map(
    ({ attributes }) => attributes["conflict"] ?? attributes["notNullConflict"] ?? null,
  );
  return clauses.every((clause) => clause === null) ? "INSERT INTO" : "INSERT OR ABORT INTO";
}

/**
 * The name under which the rowid is copied, or null where the tables have none, or one of its columns is the rowid and
 * is copied anyway. Indexes for full-text search over the table, and applications, know rows by it.
 */
function rowidToKeep(from: TableModel, to: TableModel): string | null {
  if (from.withoutRowid || to.withoutRowid) return null;
  const names = (table: TableModel): readonly string[] =>
    table.columns.map((column) => foldName(columnName(table, column)));
  const alias = rowidColumn(to);
  if (alias !== null && names(from).includes(alias)) return null;
  const taken = new Set([...names(from), ...names(to)]);
  return ["rowid", "_rowid_", "oid"].find((name) => !taken.has(name)) ?? null;
}

/**
 * Whether a rebuild leaves every row its rowid: not where a table has none, where another column becomes its name, and
 * where columns have taken all the names under which it could be copied.
 */
export function keepsRowids(from: TableModel, to: TableModel): boolean {
  const alias = rowidColumn(to);
  return alias !== null && alias === rowidColumn(from) ? true : rowidToKeep(from, to) !== null;
}

/** The table of sequences knows both tables until the old one is dropped, and follows the rename. */
function copyHighestId({ from, to, temporary }: Rebuild): readonly string[] {
  if (!neverReusesIds(from) || !neverReusesIds(to)) return [];
  const copy = literal(temporary);
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${copy}`,
    `INSERT INTO sqlite_sequence (name, seq)\nSELECT ${copy}, seq FROM sqlite_sequence WHERE name = ${literal(from.name)}`,
  ];
}

function rebuildLosses(from: TableModel, to: TableModel): readonly string[] {
  const current = new Map(to.columns.map((column) => [column.id, column]));
  return from.columns.flatMap((column): readonly string[] => {
    const after: SchemaObject | undefined = current.get(column.id);
    if (after !== undefined) return columnLosses(from, to, { before: column, after });
    return column.attributes["generated"] === null ? [`the column ${column.name} with all its values`] : [];
  });
}
