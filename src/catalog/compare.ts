import type { Catalog, SchemaObject } from "./catalog.ts";
import { isSameAttribute } from "./same-attribute.ts";

/** One object that two catalogs disagree on. */
export interface CatalogDifference {
  readonly id: string;
  readonly kind: SchemaObject["kind"];
  readonly name: string;
  readonly what: "added" | "removed" | "changed";
  /** For `changed`: the attributes that differ, with the value on each side. */
  readonly attributes: readonly { readonly name: string; readonly from: unknown; readonly to: unknown }[];
}

/** Something that a catalog only names, such as a grant, and that would have to come or go as a revision's other way left it. */
export interface UnmanagedDifference {
  readonly name: string;
  readonly what: "added" | "removed";
}

/**
 * Lists what must happen to `from` to become `to`, in the order of the object ids. Empty exactly when both catalogs
 * hold the same objects with the same attributes; versions of the servers are not compared.
 */
export function compareCatalogs(from: Catalog, to: Catalog): readonly CatalogDifference[] {
  const before = new Map(from.objects.map((object) => [object.id, object]));
  const after = new Map(to.objects.map((object) => [object.id, object]));
  const differences: CatalogDifference[] = [];
  for (const object of before.values()) {
    const other = after.get(object.id);
    if (other === undefined) differences.push(difference(object, "removed", []));
    else {
      const attributes = changedAttributes(object, other);
      if (attributes.length > 0) differences.push(difference(object, "changed", attributes));
    }
  }
  for (const object of after.values()) {
    if (!before.has(object.id)) differences.push(difference(object, "added", []));
  }
  return differences.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Lists what one catalog only names and the other does not. */
export function compareUnmanaged(from: Catalog, to: Catalog): readonly UnmanagedDifference[] {
  const [before, after] = [new Set(from.unmanaged), new Set(to.unmanaged)];
  return [
    ...to.unmanaged.filter((name) => !before.has(name)).map((name) => ({ name, what: "added" }) as const),
    ...from.unmanaged.filter((name) => !after.has(name)).map((name) => ({ name, what: "removed" }) as const),
  ];
}

/** The canonical text of a catalog: equal text exactly when the objects are equal. Hash this. */
export function catalogText(catalog: Catalog): string {
  return JSON.stringify(catalog.objects.map((object) => [object.kind, object.id, sortedEntries(object.attributes)]));
}

function changedAttributes(from: SchemaObject, to: SchemaObject): CatalogDifference["attributes"] {
  const names = [...new Set([...Object.keys(from.attributes), ...Object.keys(to.attributes)])].sort();
  return names
    .filter((name) => !isSameAttribute(name, from, to))
    .map((name) => ({ name, from: from.attributes[name] ?? null, to: to.attributes[name] ?? null }));
}

function difference(
  object: SchemaObject,
  what: CatalogDifference["what"],
  attributes: CatalogDifference["attributes"],
): CatalogDifference {
  return { id: object.id, kind: object.kind, name: object.name, what, attributes };
}

function sortedEntries(attributes: SchemaObject["attributes"]): readonly (readonly [string, unknown])[] {
  return Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
}
