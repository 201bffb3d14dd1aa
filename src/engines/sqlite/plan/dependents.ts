import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { wholeTokens } from "../ddl/canonical-text.ts";
import { mentions } from "./alter-table.ts";

/** What happens to tables that views and triggers may name. */
export interface TouchedTables {
  /** Tables that are dropped, for good or for a moment, by their ids. */
  readonly dropped: ReadonlySet<string>;
  /** The folded names of the columns that ALTER TABLE takes away, by the ids of their tables. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  /** Views and triggers that are away anyway, by their ids. */
  readonly readers: ReadonlySet<string>;
}

/**
 * The views and triggers that must be away while tables change, by their ids: SQLite reads all of them again when it
 * renames a table or drops a column, and refuses when one names what is not there. That a name stands somewhere in the
 * text is enough; one too many does no harm.
 */
export function findDependents(catalog: Catalog, touched: TouchedTables): ReadonlySet<string> {
  if (touched.dropped.size === 0 && touched.columns.size === 0) return new Set();
  const found = new Set(touched.readers);
  const readers = catalog.objects.filter((object) => object.kind === "view" || object.kind === "trigger");
  const behind = tablesBehind(readers);
  for (const reader of readers) {
    const tables = behind.get(reader.id) ?? new Set<string>();
    const broken = reader.kind === "view" && reader.attributes["columns"] === null;
    // A trigger goes with its own table; only one that names others is in the way.
    const inTheWay = [...tables].some((table) => touched.dropped.has(table) && table !== reader.parent);
    if (broken || inTheWay || namesColumn(reader, tables, touched)) {
      found.add(reader.id);
    }
  }
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const reader of readers) {
      const needs = [...reader.dependsOn, reader.parent ?? ""];
      if (needs.some((id) => found.has(id))) found.add(reader.id);
    }
  }
  return found;
}

/** Everything that a view or trigger names, views looked through; a trigger's own table comes with it. */
function tablesBehind(readers: readonly SchemaObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(readers.map((reader) => [reader.id, reader]));
  const collect = (object: SchemaObject, into: Set<string>): Set<string> => {
    for (const id of [...object.dependsOn, ...(object.parent === null ? [] : [object.parent])]) {
      if (into.has(id)) continue;
      into.add(id);
      const view = byId.get(id);
      if (view !== undefined) collect(view, into);
    }
    return into;
  };
  return new Map(readers.map((reader) => [reader.id, collect(reader, new Set())]));
}

function namesColumn(reader: SchemaObject, tables: ReadonlySet<string>, touched: TouchedTables): boolean {
  const tokens = wholeTokens(reader.source ?? "");
  return [...touched.columns].some(
    ([table, columns]) => tables.has(table) && [...columns].some((column) => mentions(tokens, column)),
  );
}
