import type { Catalog, SchemaObject } from "../../src/catalog/catalog.ts";
import { idParts, plainPart } from "../../src/catalog/object-id.ts";
import type { Rename } from "../../src/diff/renames.ts";
import type { ValueMap } from "../../src/diff/value-maps.ts";
import type { Session } from "../../src/engines/engine.ts";
import { isList, type KeptValue, partsOf, rowTexts } from "./kept-values.ts";

/** A table with its rows, each a list of values by column id. */
export interface TableRows {
  readonly id: string;
  /** The ids of its own columns that hold values of their own, with their types. */
  readonly columns: ReadonlyMap<string, string>;
  /** The table at the top of its tree of partitions or of inheritance; itself where there is no tree. */
  readonly root: string;
  /** Rows that are in this table and in none below it. */
  readonly rows: readonly Readonly<Record<string, KeptValue>>[];
}

/** What was meant to become something else. */
export interface Replaced {
  readonly renames: readonly Rename[];
  /** Values of enums that rows had and were to have no longer. */
  readonly maps: readonly Omit<ValueMap, "enum">[];
}

/** Reads all rows of all tables. */
export async function readRows(session: Session, catalog: Catalog): Promise<readonly TableRows[]> {
  const columns = new Map<string, SchemaObject[]>();
  for (const column of catalog.objects) {
    if (column.kind !== "column" || column.parent === null || isGenerated(column)) continue;
    columns.set(column.parent, [...(columns.get(column.parent) ?? []), column]);
  }
  const found: TableRows[] = [];
  const structured = structuredTypes(catalog);
  for (const table of catalog.objects) {
    if (table.kind !== "table" || table.attributes["server"] !== undefined || table.attributes["virtual"] === true)
      continue;
    const own = columns.get(table.id) ?? [];
    // Rows of a partitioned table are those of its partitions.
    const rows =
      table.attributes["partitionKey"] === undefined ? await rowsOf(session, table, { own, structured }) : [];
    found.push({
      id: table.id,
      columns: new Map(own.map((column) => [column.id, String(column.attributes["type"])])),
      root: rootOf(table, catalog),
      rows,
    });
  }
  return found;
}

/** The names of the types whose values have parts, or may have: a composite's text changes with the order of its attributes. */
function structuredTypes(catalog: Catalog): ReadonlySet<string> {
  const kinds = ["type", "domain", "table", "view", "materialized-view"];
  return new Set(catalog.objects.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => idParts(id).join(".")));
}

interface OwnColumns {
  readonly own: readonly SchemaObject[];
  readonly structured: ReadonlySet<string>;
}

async function rowsOf(
  session: Session,
  table: SchemaObject,
  { own: columns, structured }: OwnColumns,
): Promise<TableRows["rows"]> {
  const sqlite = session.dialect === "sqlite";
  const hasParts = ({ attributes }: SchemaObject): boolean =>
    structured.has(String(attributes["type"]).replace(/(\[\])*$/, ""));
  const list = columns.map((column, index) => {
    const name = idParts(column.id).at(-1) ?? "";
    if (sqlite) return `quote(${quoted(name)}) AS c${index}`;
    return `${hasParts(column) ? `to_jsonb(${name})` : name}::text AS c${index}`;
  });
  const name = idParts(table.id);
  const from = sqlite ? name.map(quoted).join(".") : `ONLY ${name.join(".")}`;
  const { rows } = await session.query(`SELECT 1 AS one${list.map((item) => `, ${item}`).join("")} FROM ${from}`);
  return rows.map((row) =>
    Object.fromEntries(
      columns.map((column, index) => {
        const value = row[`c${index}`];
        const printed = value === null ? null : String(value);
        return [column.id, printed !== null && hasParts(column) ? (JSON.parse(printed, asText) as KeptValue) : printed];
      }),
    ),
  );
}

/** A number that became text, or the other way round, is the same value. */
function asText(_part: string, value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

/** SQLite's ids quote a name for its characters only, and not for being a word of SQL. */
function quoted(name: string): string {
  return name.startsWith('"') ? name : `"${name}"`;
}

function isGenerated({ attributes }: SchemaObject): boolean {
  return (attributes["generated"] ?? null) !== null || attributes["hidden"] === true;
}

function rootOf(table: SchemaObject, catalog: Catalog): string {
  const parents = table.attributes["inherits"];
  const [parent] = Array.isArray(parents) ? (parents as readonly string[]) : [];
  const above = parent === undefined ? undefined : catalog.objects.find(({ id }) => id === `table:${parent}`);
  return above === undefined || above.id === table.id ? table.id : rootOf(above, catalog);
}

/**
 * What is gone, in words: of every table that is there before and after, the rows over the columns that are on both sides
 * with the same type, and the number of rows. Rows may move within a tree of partitions whose top is on both sides.
 */
export function lostRows(
  before: readonly TableRows[],
  after: readonly TableRows[],
  replaced: Replaced = { renames: [], maps: [] },
): readonly string[] {
  const now = new Map(after.map((table) => [table.id, table]));
  const lost: string[] = [];
  for (const table of before) {
    const later = now.get(renamed(table.id, replaced.renames));
    if (later === undefined) continue;
    const difference = rowsDifference([table], [later], replaced);
    if (difference === null) continue;
    const tree = wholeTree(table, { before, after, renames: replaced.renames });
    const moved = tree.before.length > 1 || tree.after.length > 1;
    if (moved && rowsDifference(tree.before, tree.after, replaced) === null) continue;
    lost.push(`${table.id}: ${difference}`);
  }
  return lost;
}

/** All that was or is in one tree with a table: rows move between them, and a table may leave the tree with its own. */
function wholeTree(
  table: TableRows,
  all: {
    readonly before: readonly TableRows[];
    readonly after: readonly TableRows[];
    readonly renames: readonly Rename[];
  },
): { readonly before: readonly TableRows[]; readonly after: readonly TableRows[] } {
  const root = renamed(table.root, all.renames);
  const old = all.before.filter((other) => other.root === table.root);
  const names = new Set(old.map(({ id }) => renamed(id, all.renames)));
  const now = all.after.filter((other) => other.root === root || names.has(other.id));
  const later = new Set(now.map(({ id }) => id));
  const joined = all.before.filter((other) => !old.includes(other) && later.has(renamed(other.id, all.renames)));
  return { before: [...old, ...joined], after: now };
}

function rowsDifference(before: readonly TableRows[], after: readonly TableRows[], replaced: Replaced): string | null {
  const count = (tables: readonly TableRows[]): number => tables.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count(before) !== count(after)) return `${count(before)} rows before, ${count(after)} after`;
  const { own, later } = sharedColumns(before, after, replaced.renames);
  const rows = {
    old: rowValues(before, own, valueReplacer(replaced)),
    now: rowValues(after, later, (value) => value),
  };
  const had = new Set(partsOf(rows.old));
  const parts = new Set(partsOf(rows.now).filter((part) => had.has(part)));
  const [old, now] = [rows.old, rows.now].map((side) => rowTexts(side, parts)) as [
    readonly string[],
    readonly string[],
  ];
  if (old.join("\n") === now.join("\n")) return null;
  const only = (rows: readonly string[], others: readonly string[]): string =>
    rows
      .filter((row) => !others.includes(row))
      .slice(0, 3)
      .join(" ");
  return `${only(old, now)} became ${only(now, old)}`;
}

/** The names of the columns that both sides have with the same type, as each side calls them. */
function sharedColumns(
  before: readonly TableRows[],
  after: readonly TableRows[],
  renames: readonly Rename[],
): { readonly own: readonly string[]; readonly later: readonly string[] } {
  const types = new Map(
    after.flatMap(({ columns }) => [...columns].map(([id, type]) => [nameInTree(id), type] as const)),
  );
  const shared = new Map<string, string>();
  for (const { columns } of before) {
    for (const [id, type] of columns) {
      const name = nameInTree(renamed(id, renames));
      if (types.get(name) === renamedType(type, renames)) shared.set(nameInTree(id), name);
    }
  }
  return { own: [...shared.keys()], later: [...shared.values()] };
}

/** A type's name is that of an enum, a domain, a table..., perhaps with the brackets of a list. */
function renamedType(type: string, renames: readonly Rename[]): string {
  const brackets = /(\[\])*$/.exec(type)?.[0] ?? "";
  return renamed(`type:${type.slice(0, type.length - brackets.length)}`, renames).slice("type:".length) + brackets;
}

/** Values of enums that have another name now, wherever they stand in a value: alone, in a list or in a row. */
function valueReplacer({ renames, maps }: Replaced): (value: KeptValue) => KeptValue {
  const words = new Map(maps.map(({ from, to }) => [from, to]));
  for (const { kind, from, to } of renames) {
    if (kind === "enum-value") words.set(plainPart(idParts(from).at(-1) ?? ""), plainPart(idParts(to).at(-1) ?? ""));
  }
  const replace = (value: KeptValue): KeptValue => {
    if (typeof value === "string") {
      if (words.has(value)) return words.get(value) ?? null;
      return value.replace(/[^{}(),"]+/g, (word) => (words.has(word) ? (words.get(word) ?? "") : word));
    }
    if (isList(value)) return value.map(replace);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([part, inner]) => [part, replace(inner)]));
  };
  return words.size === 0 ? (value) => value : replace;
}

/** A column's own name, which is the same in every table of a tree. */
function nameInTree(id: string): string {
  return idParts(id).at(-1) ?? "";
}

/** Rows by the places of their columns in `names`. */
function rowValues(
  tables: readonly TableRows[],
  names: readonly string[],
  replace: (value: KeptValue) => KeptValue,
): readonly Readonly<Record<string, KeptValue>>[] {
  return tables
    .flatMap(({ rows }) => rows)
    .map((row) => {
      const values = new Map(Object.entries(row).map(([id, value]) => [nameInTree(id), value]));
      return Object.fromEntries(names.map((name, index) => [`${index}`, replace(values.get(name) ?? null)]));
    });
}

/** What an id is called after renames of itself and of what it is in. */
function renamed(id: string, renames: readonly Rename[]): string {
  const exact = renames.find(({ from }) => from === id);
  if (exact !== undefined) return exact.to;
  const parts = idParts(id);
  const kind = id.slice(0, id.indexOf(":"));
  for (let length = parts.length - 1; length > 0; length--) {
    const above = parts.slice(0, length).join(".");
    const found = renames.find(({ from }) => from.slice(from.indexOf(":") + 1) === above);
    if (found !== undefined)
      return `${kind}:${found.to.slice(found.to.indexOf(":") + 1)}.${parts.slice(length).join(".")}`;
  }
  return id;
}

const samples: readonly (readonly [start: string, value: (row: number) => string])[] = [
  ["smallint", (row) => String(row)],
  ["integer", (row) => String(row)],
  ["bigint", (row) => String(row)],
  ["numeric", (row) => String(row)],
  ["real", (row) => String(row)],
  ["double", (row) => String(row)],
  ["text", (row) => `'value ${row}'`],
  ["character", (row) => `'v${row}'`],
  ["boolean", (row) => (row % 2 === 0 ? "true" : "false")],
  ["date", (row) => `'2024-01-0${row}'`],
  ["timestamp", (row) => `'2024-01-0${row} 10:00'`],
  ["uuid", (row) => `'00000000-0000-0000-0000-00000000000${row}'`],
  ["json", (row) => `'{"row": ${row}}'`],
  ["bytea", (row) => `'\\x0${row}'`],
];

/** Puts two rows into every table that takes them, as well as their types can be guessed; a table that refuses stays empty. */
export async function fillTables(session: Session, catalog: Catalog): Promise<void> {
  const tables = catalog.objects.filter((object) => object.kind === "table");
  // Referenced tables may come later in the list: a second round fills what the first one could not.
  for (const row of [1, 2, 1, 2]) {
    for (const table of tables) {
      const columns = catalog.objects.filter((object) => object.parent === table.id && isWritable(object));
      const sqlite = session.dialect === "sqlite";
      const plain = (part: string): string => (sqlite ? quoted(part) : part);
      const names = columns.map((column) => plain(idParts(column.id)[2] ?? "")).join(", ");
      const values = columns.map((column) => sample(column, row) ?? (sqlite ? "NULL" : "DEFAULT")).join(", ");
      const into = idParts(table.id).map(plain).join(".");
      const sql =
        columns.length === 0
          ? `INSERT INTO ${into} DEFAULT VALUES`
          : `INSERT INTO ${into} (${names}) VALUES (${values})`;
      await session.query(sql).catch(() => undefined);
    }
  }
}

function isWritable(object: SchemaObject): boolean {
  const { generated, identity } = object.attributes;
  return object.kind === "column" && (generated ?? null) === null && identity === undefined;
}

/** A value that goes with the name of a type; null where none does. */
function sample(column: SchemaObject, row: number): string | null {
  const type = String(column.attributes["type"] ?? "").toLowerCase();
  if (type.endsWith("[]")) return "'{}'";
  return samples.find(([start]) => type.startsWith(start))?.[1](row) ?? null;
}
