import type { AttributeValue, Catalog, SchemaObject } from "../catalog/catalog.ts";
import { idParts, plainPart, sqlName } from "../catalog/object-id.ts";
import { partEntry, partList } from "./nameables.ts";
import { renamedIds } from "./renamed-ids.ts";
import type { Rename } from "./renames.ts";

type Attributes = SchemaObject["attributes"];
type NewIds = ReadonlyMap<string, string>;

/**
 * The catalog as it is after things got their new names: ids, parents, dependencies, shown names and plain lists of
 * names follow. Texts in which a database prints names (definitions, expressions) stay as they are.
 */
export function applyRenames(catalog: Catalog, renames: readonly Rename[]): Catalog {
  if (renames.length === 0) return catalog;
  const ids = renamedIds(catalog, renames);
  const columns = renamedColumns(catalog, ids);
  const idOf = (id: string): string => ids.get(id) ?? id;
  const objects = catalog.objects.map((object): SchemaObject => {
    const id = idOf(object.id);
    const own = columns.get(object.kind === "table" ? object.id : (object.parent ?? ""));
    return {
      ...object,
      id,
      name: id === object.id ? object.name : newName(object, id),
      parent: object.parent === null ? null : idOf(object.parent),
      attributes: withPlaces(withEntries(object, withColumns(object.attributes, own), ids), ids),
      dependsOn: object.dependsOn.map(idOf).sort(),
    };
  });
  return { ...catalog, objects: objects.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
}

/** By the old id of a table: the names of its columns with their new names, spelt as the dialect's catalogs list them. */
function renamedColumns({ dialect, objects }: Catalog, ids: NewIds): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const tables = new Map<string, Map<string, string>>();
  for (const { kind, id, parent } of objects) {
    const to = idParts(ids.get(id) ?? id).at(-1) ?? "";
    const from = idParts(id).at(-1) ?? "";
    if (kind !== "column" || parent === null || from === to) continue;
    const names = tables.get(parent) ?? new Map<string, string>();
    tables.set(parent, dialect === "postgres" ? names.set(from, to) : names.set(plainPart(from), plainPart(to)));
  }
  return tables;
}

function withColumns(attributes: Attributes, names: ReadonlyMap<string, string> | undefined): Attributes {
  const columns = attributes["columns"];
  if (names === undefined || !Array.isArray(columns)) return attributes;
  return { ...attributes, columns: columns.map((column: string) => names.get(column) ?? column) };
}

/** The labels of an enum, the columns of a view, the attributes of a composite type under their new names. */
function withEntries(object: SchemaObject, attributes: Attributes, ids: NewIds): Attributes {
  const list = partList(object);
  const entries = list === null ? undefined : attributes[list.attribute];
  if (list === null || !Array.isArray(entries)) return attributes;
  const renamed = (entries as readonly string[]).map((entry) => {
    const { name, rest } = partEntry(list.kind, entry);
    const id = ids.get(`${list.kind}:${sqlName(object.id)}.${name}`);
    const own = id === undefined ? name : (idParts(id).at(-1) ?? name);
    if (own === name) return entry;
    return list.kind === "enum-value" ? plainPart(own) : `${own} ${rest}`;
  });
  return { ...attributes, [list.attribute]: renamed };
}

/** Attributes that name another object by its place: the column that a sequence belongs to, the parents of a table. */
function withPlaces(attributes: Attributes, ids: NewIds): Attributes {
  const owner = attributes["ownedBy"];
  const parents = attributes["inherits"];
  const changed: Record<string, AttributeValue> = {};
  if (typeof owner === "string") changed["ownedBy"] = sqlName(ids.get(`column:${owner}`) ?? `column:${owner}`);
  if (Array.isArray(parents)) {
    changed["inherits"] = parents.map((parent: string) => sqlName(ids.get(`table:${parent}`) ?? `table:${parent}`));
  }
  return { ...attributes, ...changed };
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
