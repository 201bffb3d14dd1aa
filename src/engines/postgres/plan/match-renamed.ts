import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { ownName, sqlName } from "../../../catalog/object-id.ts";
import { claims } from "./claims.ts";

/** A constraint, index or sequence that is the same under another name. */
export interface RenamedPart {
  readonly from: SchemaObject;
  readonly to: SchemaObject;
}

/**
 * Finds what only got another name: the same parts of the same table with everything else equal. There is no ambiguity
 * in that, unlike in tables and columns, because such parts hold no rows.
 */
export function matchRenamed(from: Catalog, to: Catalog): readonly RenamedPart[] {
  const before = new Map(from.objects.map((object) => [object.id, object]));
  const after = new Map(to.objects.map((object) => [object.id, object]));
  const taken = new Set(from.objects.flatMap((object) => claims(object)));
  const gone = new Map<string, SchemaObject[]>();
  for (const object of from.objects) {
    if (!hasName(object) || after.has(object.id)) continue;
    const key = likeness(object);
    gone.set(key, [...(gone.get(key) ?? []), object]);
  }
  const found: RenamedPart[] = [];
  for (const object of to.objects) {
    if (!hasName(object) || before.has(object.id) || claims(object).some((claim) => taken.has(claim))) continue;
    const candidate = gone.get(likeness(object))?.shift();
    if (candidate !== undefined) found.push({ from: candidate, to: object });
  }
  return found;
}

/** The catalog with the parts under their new names. */
export function withRenamedParts(catalog: Catalog, renamed: readonly RenamedPart[]): Catalog {
  if (renamed.length === 0) return catalog;
  const names = new Map(renamed.map(({ from, to }) => [from.id, to]));
  const current = (id: string): string => names.get(id)?.id ?? id;
  return {
    ...catalog,
    objects: catalog.objects.map((object) => {
      const to = names.get(object.id);
      return {
        ...object,
        ...(to === undefined ? {} : { id: to.id, name: to.name }),
        parent: object.parent === null ? null : current(object.parent),
        dependsOn: object.dependsOn.map(current),
      };
    }),
  };
}

function hasName(object: SchemaObject): boolean {
  if (object.kind === "sequence") return object.attributes["ownedBy"] !== undefined;
  return object.kind === "constraint" || object.kind === "index";
}

/** Equal for two objects that differ in nothing but their names. */
function likeness(object: SchemaObject): string {
  const attributes = Object.entries(object.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([object.kind, object.parent, schemaOf(object), attributes]);
}

function schemaOf(object: SchemaObject): string {
  const name = sqlName(object.id);
  return name.slice(0, name.length - ownName(object.id).length);
}
