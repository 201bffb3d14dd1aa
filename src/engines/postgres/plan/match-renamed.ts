import type { Catalog, SchemaObject } from "../../../catalog/catalog.ts";
import { ownName, sqlName } from "../../../catalog/object-id.ts";
import { likeness } from "../../../diff/likeness.ts";
import { pathOf } from "../../../diff/nameables.ts";
import { renamedIds } from "../../../diff/renamed-ids.ts";
import type { Rename } from "../../../diff/renames.ts";
import { claims } from "./claims.ts";

/** Parts of a table that hold no rows and whose names no other object prints. */
const kinds: readonly SchemaObject["kind"][] = ["constraint", "index", "trigger", "policy", "rule", "statistics"];

/**
 * Finds what only got another name: the same parts of the same table with everything else equal. There is no ambiguity
 * in that, unlike in tables and columns, because such parts hold no rows.
 */
export function matchRenamed(from: Catalog, to: Catalog): readonly Rename[] {
  const before = new Set(from.objects.map((object) => object.id));
  const after = new Set(to.objects.map((object) => object.id));
  const come = sorted(to.objects.filter((object) => isPart(object) && !before.has(object.id)));
  if (come.length === 0) return [];
  const gone = new Map<string, SchemaObject[]>();
  for (const object of sorted(from.objects.filter((one) => isPart(one) && !after.has(one.id)))) {
    const key = keyOf(object);
    const list = gone.get(key);
    if (list === undefined) gone.set(key, [object]);
    else list.push(object);
  }
  const pairs = come.flatMap((object): readonly Pair[] => {
    const candidate = gone.get(keyOf(object))?.shift();
    return candidate === undefined ? [] : [{ from: candidate, to: object }];
  });
  return withFreeNames(pairs, from).map((pair) => ({ kind: pair.to.kind, from: pair.from.id, to: pair.to.id }));
}

interface Pair {
  readonly from: SchemaObject;
  readonly to: SchemaObject;
}

/** Leaves out those whose new name is in use and stays so until the rest of the plan: others give theirs up before that. */
function withFreeNames(pairs: readonly Pair[], from: Catalog): readonly Pair[] {
  const holders = new Map(from.objects.flatMap((object) => claims(object).map((claim) => [claim, object.id] as const)));
  for (let left = pairs; ; ) {
    const leaving = new Set(left.map((pair) => pair.from.id));
    const free = left.filter((pair) =>
      claims(pair.to).every((claim) => {
        const holder = holders.get(claim);
        return holder === undefined || leaving.has(holder);
      }),
    );
    if (free.length === left.length) return free;
    left = free;
  }
}

/** The catalog with the parts under their new names, also in the texts that print a part's own name. */
export function withRenamedParts(catalog: Catalog, renamed: readonly Rename[], to: Catalog): Catalog {
  if (renamed.length === 0) return catalog;
  const ids = renamedIds(catalog, renamed);
  const current = new Map(to.objects.map((object) => [object.id, object]));
  const idOf = (id: string): string => ids.get(id) ?? id;
  const objects = catalog.objects.map((object): SchemaObject => {
    const other = ids.has(object.id) ? current.get(idOf(object.id)) : undefined;
    const parent = object.parent === null ? null : idOf(object.parent);
    const dependsOn = object.dependsOn.map(idOf);
    if (other === undefined) return { ...object, parent, dependsOn };
    return { ...object, id: other.id, name: other.name, parent, dependsOn, attributes: ownTexts(object, other) };
  });
  return { ...catalog, objects };
}

/** A trigger, a rule and a statistics object are printed with their own names: the text after the rename is the new one. */
function ownTexts(object: SchemaObject, other: SchemaObject): SchemaObject["attributes"] {
  const definition = other.attributes["definition"];
  return definition === undefined ? object.attributes : { ...object.attributes, definition };
}

function sorted(objects: readonly SchemaObject[]): readonly SchemaObject[] {
  return objects.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function isPart(object: SchemaObject): boolean {
  if (object.kind === "sequence") return object.attributes["ownedBy"] !== undefined;
  return kinds.includes(object.kind);
}

/** Equal for two objects that differ in nothing but their names. */
function keyOf(object: SchemaObject): string {
  const definition = object.attributes["definition"];
  const attributes =
    typeof definition === "string"
      ? { ...object.attributes, definition: withoutOwnName(object, definition) }
      : object.attributes;
  return JSON.stringify([object.kind, object.parent, pathOf(object.id)[0], likeness(attributes, [])]);
}

/** The first place only: a trigger and the function that it calls may well have one name. */
function withoutOwnName({ kind, id }: SchemaObject, definition: string): string {
  if (kind === "trigger" || kind === "rule") return definition.replace(` ${ownName(id)} `, " \u0000 ");
  return kind === "statistics" ? definition.replace(` ${sqlName(id)} `, " \u0000 ") : definition;
}
