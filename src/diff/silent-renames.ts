import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { likeness } from "./likeness.ts";
import { bareName, isInSchema, partsInside, pathOf } from "./nameables.ts";
import type { Rename } from "./renames.ts";

/** What holds no rows, and whose name others print. */
const kinds: readonly SchemaObject["kind"][] = [
  "enum",
  "domain",
  "type",
  "range",
  "collation",
  "function",
  "aggregate",
  "view",
  "materialized-view",
  "foreign-data-wrapper",
  "server",
  "publication",
  "event-trigger",
];

/**
 * What only got another name and holds no rows, so that nobody needs to be asked: an object that went while exactly one
 * came in its place with everything else equal, and a column of a view that is another's place and type.
 */
export function silentRenames(from: Catalog, to: Catalog): readonly Rename[] {
  const before = new Map(from.objects.map((object) => [object.id, object]));
  const after = new Map(to.objects.map((object) => [object.id, object]));
  const gone = byLikeness(from.objects.filter((object) => isMeant(object) && !after.has(object.id)));
  const come = byLikeness(to.objects.filter((object) => isMeant(object) && !before.has(object.id)));
  const taken = new Set(from.objects.flatMap((object) => placeOf(object) ?? []));
  const whole = [...gone].flatMap(([key, objects]): readonly Rename[] => {
    const [old, ...others] = objects;
    const [object, ...more] = come.get(key) ?? [];
    if (old === undefined || object === undefined || others.length + more.length > 0) return [];
    const place = placeOf(object);
    return place !== null && taken.has(place) ? [] : [{ kind: old.kind, from: old.id, to: object.id }];
  });
  return [...whole, ...viewColumns(from, after, to)].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** A sequence that belongs to a column goes where that goes, and its position with it. */
function isMeant({ kind, attributes }: SchemaObject): boolean {
  return kinds.includes(kind) || (kind === "sequence" && attributes["ownedBy"] !== undefined);
}

function byLikeness(objects: readonly SchemaObject[]): ReadonlyMap<string, readonly SchemaObject[]> {
  const groups = new Map<string, SchemaObject[]>();
  for (const object of objects) {
    const home = isInSchema(object.kind) ? (pathOf(object.id)[0] ?? "") : "";
    const key = JSON.stringify([object.kind, home, likeness(object.attributes, [bareName(object.id)])]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [object]);
    else group.push(object);
  }
  return groups;
}

/** Relations and types share their names in a schema; nothing may be there yet. */
function placeOf(object: SchemaObject): string | null {
  const apart: readonly SchemaObject["kind"][] = ["column", "trigger", "policy", "rule", "function", "aggregate"];
  if (apart.includes(object.kind) || !isInSchema(object.kind)) return null;
  const parts = pathOf(object.id);
  return `${parts[0]}.${parts.at(-1)}`;
}

/** A view keeps the places of its columns: one that has another name and the type of the one before it is the same. */
function viewColumns(from: Catalog, after: ReadonlyMap<string, SchemaObject>, to: Catalog): readonly Rename[] {
  return from.objects.flatMap((view): readonly Rename[] => {
    const other = view.kind === "view" || view.kind === "materialized-view" ? after.get(view.id) : undefined;
    if (other === undefined) return [];
    const [columns, others] = [partsInside(view, from), partsInside(other, to)];
    const [names, newNames] = [columns, others].map((list) => new Set(list.map(({ id }) => id)));
    const renames: Rename[] = [];
    for (const [index, column] of columns.entries()) {
      const next = others[index];
      if (next === undefined || next.attributes["type"] !== column.attributes["type"]) return [];
      if (next.id === column.id) continue;
      if (newNames?.has(column.id) === true || names?.has(next.id) === true) return [];
      renames.push({ kind: "view-column", from: column.id, to: next.id });
    }
    return renames;
  });
}
