import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import type { Ambiguity } from "../plan/plan.ts";
import { applyRenames } from "./apply-renames.ts";
import type { Rename } from "./renames.ts";

/**
 * Finds what may be a rename and was not told to be one: a table that went while one with almost the same columns came,
 * and a column that went while one of the same type came in the same table. Names are spelt as `resolveRenames` reads
 * them; the column's table is named as it is in `from`.
 */
export function findAmbiguities(from: Catalog, to: Catalog, renames: readonly Rename[] = []): readonly Ambiguity[] {
  const before = applyRenames(from, renames);
  const old = new Map(before.objects.map((object) => [object.id, object]));
  const current = new Map(to.objects.map((object) => [object.id, object]));
  const oldNames = namesBefore(from, renames);
  const gone = before.objects.filter((object) => !current.has(object.id));
  const come = to.objects.filter((object) => !old.has(object.id));
  return [...tablePairs(before, to, gone, come), ...columnPairs(gone, come, current)].map((pair) => ({
    kind: pair.kind,
    from: oldNames.get(pair.from.id) ?? pair.from.name,
    to: pair.to.map((object) => object.name),
  }));
}

interface Pair {
  readonly kind: Ambiguity["kind"];
  readonly from: SchemaObject;
  readonly to: readonly SchemaObject[];
}

function tablePairs(
  before: Catalog,
  to: Catalog,
  gone: readonly SchemaObject[],
  come: readonly SchemaObject[],
): readonly Pair[] {
  const oldColumns = columnsByTable(before);
  const newColumns = columnsByTable(to);
  return pairs("table", gone, come, (table, other) => {
    const columns = oldColumns.get(table.id) ?? [];
    const others = newColumns.get(other.id) ?? [];
    const same = columns.filter((column) => others.includes(column)).length;
    const larger = Math.max(columns.length, others.length);
    return same > 0 && same * 5 >= larger * 4 ? same / larger : null;
  });
}

function columnPairs(
  gone: readonly SchemaObject[],
  come: readonly SchemaObject[],
  current: ReadonlyMap<string, SchemaObject>,
): readonly Pair[] {
  return pairs("column", gone, come, (column, other) => {
    if (column.parent !== other.parent || column.parent === null || !current.has(column.parent)) return null;
    if (column.attributes["type"] !== other.attributes["type"]) return null;
    return closeness(column, other);
  });
}

/** Pairs what went with what came by a measure of closeness; null means that the two are not the same thing. */
function pairs(
  kind: Ambiguity["kind"],
  gone: readonly SchemaObject[],
  come: readonly SchemaObject[],
  measure: (from: SchemaObject, to: SchemaObject) => number | null,
): readonly Pair[] {
  const candidates = come.filter((object) => object.kind === kind);
  return gone
    .filter((object) => object.kind === kind)
    .map((object) => {
      const measured = candidates.flatMap((candidate) => {
        const value = measure(object, candidate);
        return value === null ? [] : [{ candidate, value }];
      });
      measured.sort((a, b) => b.value - a.value || (a.candidate.id < b.candidate.id ? -1 : 1));
      return { kind, from: object, to: measured.map((one) => one.candidate) };
    })
    .filter((pair) => pair.to.length > 0);
}

/** How much two columns have in common: their attributes first, then their place in the table. */
function closeness(column: SchemaObject, other: SchemaObject): number {
  const names = new Set([...Object.keys(column.attributes), ...Object.keys(other.attributes)]);
  let equal = 0;
  for (const name of names) {
    if (JSON.stringify(column.attributes[name] ?? null) === JSON.stringify(other.attributes[name] ?? null)) equal++;
  }
  return equal + 1 / (1 + Math.abs(column.position - other.position));
}

/** By the id of a table: its columns as name and type. */
function columnsByTable(catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, string[]>();
  for (const object of catalog.objects) {
    if (object.kind !== "column" || object.parent === null) continue;
    const name = object.id.slice(object.id.indexOf(":") + 1).slice(object.parent.slice("table:".length).length + 1);
    const columns = tables.get(object.parent) ?? [];
    columns.push(`${name} ${String(object.attributes["type"])}`);
    tables.set(object.parent, columns);
  }
  return tables;
}

/** What objects are called in `from`, by their ids after the renames. */
function namesBefore(from: Catalog, renames: readonly Rename[]): ReadonlyMap<string, string> {
  if (renames.length === 0) return new Map();
  const names = new Map<string, string>();
  for (const object of from.objects) {
    const [renamed] = applyRenames({ ...from, objects: [object] }, renames).objects;
    if (renamed !== undefined && renamed.id !== object.id) names.set(renamed.id, object.name);
  }
  return names;
}
