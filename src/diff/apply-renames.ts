import type { AttributeValue, Catalog, SchemaObject } from "../catalog/catalog.ts";
import { idParts, plainPart, withParts } from "../catalog/object-id.ts";
import type { Rename } from "./renames.ts";

/**
 * The catalog as it is after tables and columns got their new names: ids, parents, dependencies, shown names and plain
 * lists of columns follow. Texts in which a database prints names (definitions, expressions) stay as they are.
 */
export function applyRenames(catalog: Catalog, renames: readonly Rename[]): Catalog {
  if (renames.length === 0) return catalog;
  const newIds = newObjectIds(catalog, renames);
  const columns = renamedColumns(catalog, renames);
  const idOf = (id: string): string => newIds.get(id) ?? id;
  const objects = catalog.objects.map((object): SchemaObject => {
    const id = idOf(object.id);
    const own = columns.get(object.kind === "table" ? object.id : (object.parent ?? ""));
    return {
      ...object,
      id,
      name: id === object.id ? object.name : newName(object, id),
      parent: object.parent === null ? null : idOf(object.parent),
      attributes: own === undefined ? object.attributes : withColumns(object.attributes, own),
      dependsOn: object.dependsOn.map(idOf).sort(),
    };
  });
  return { ...catalog, objects: objects.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
}

/** The new ids of renamed objects and of everything whose id begins with a renamed table's parts. */
function newObjectIds(catalog: Catalog, renames: readonly Rename[]): ReadonlyMap<string, string> {
  const named = new Map(renames.map((rename) => [rename.from, rename.to]));
  const tables = new Map(renames.filter((rename) => rename.kind === "table").map((rename) => [rename.from, rename.to]));
  const ids = new Map<string, string>();
  for (const object of catalog.objects) {
    const own = named.get(object.id);
    if (own !== undefined) ids.set(object.id, own);
    else if (object.parent !== null) {
      const table = tables.get(object.parent);
      const id = table === undefined ? null : underTable(object.id, object.parent, table);
      if (id !== null) ids.set(object.id, id);
    }
  }
  return ids;
}

/** The id of a table's part after the table's rename, or null where the id does not hold the table's name. */
function underTable(id: string, from: string, to: string): string | null {
  const parts = idParts(id);
  const old = idParts(from);
  if (parts.length <= old.length || old.some((part, index) => parts[index] !== part)) return null;
  return withParts(id, [...idParts(to), ...parts.slice(old.length)]);
}

/** By the old id of a table: the names of its columns with their new names, spelt as the dialect's catalogs list them. */
function renamedColumns(
  { dialect }: Catalog,
  renames: readonly Rename[],
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const tables = new Map<string, Map<string, string>>();
  for (const rename of renames) {
    if (rename.kind !== "column") continue;
    const old = idParts(rename.from);
    const from = old.at(-1) ?? "";
    const to = idParts(rename.to).at(-1) ?? "";
    const table = `table:${old.slice(0, -1).join(".")}`;
    const names = tables.get(table) ?? new Map<string, string>();
    tables.set(table, dialect === "postgres" ? names.set(from, to) : names.set(plainPart(from), plainPart(to)));
  }
  return tables;
}

function withColumns(
  attributes: SchemaObject["attributes"],
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, AttributeValue>> {
  const columns = attributes["columns"];
  if (!Array.isArray(columns)) return attributes;
  return { ...attributes, columns: columns.map((column: string) => names.get(column) ?? column) };
}

/** The name to show, spelt as the engine spelt the old one: with or without quotes, with or without its schema. */
function newName(object: SchemaObject, id: string): string {
  const before = idParts(object.id);
  const after = idParts(id);
  const spellings: readonly ((parts: readonly string[]) => string)[] = [
    (parts) => parts.join("."),
    (parts) => parts.map(plainPart).join("."),
    (parts) => parts.slice(1).join("."),
    (parts) => parts.slice(1).map(plainPart).join("."),
  ];
  const spelling = spellings.find((spell) => spell(before) === object.name);
  return spelling?.(after) ?? object.name;
}
