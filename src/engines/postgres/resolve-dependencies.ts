import type { SchemaObject } from "../../catalog/catalog.ts";
import { catalogNumbers } from "./sql/catalog-query.ts";

/** A schema object with the place where the server keeps it. */
export interface AddressedObject {
  readonly object: Omit<SchemaObject, "dependsOn">;
  readonly address: string;
}

/** One row of `pg_depend`, by addresses. */
export interface DependencyRow {
  readonly object: string;
  readonly needs: string;
  readonly kind: string;
}

/** An address that a catalog does not know of its own. */
export interface AliasRow {
  readonly address: string;
  readonly stands_for: string;
  readonly of_parent: boolean;
}

const defaultPrefix = `${catalogNumbers.pg_attrdef}:`;
const tablePrefix = `${catalogNumbers.pg_publication_rel}:`;
const schemaPrefix = `${catalogNumbers.pg_publication_namespace}:`;

/**
 * Gives each object what it needs, in ids. What the server keeps apart (a view's rule, a row type, an index of a
 * constraint) counts as the object a catalog holds; what an extension brought counts as the extension.
 */
export function resolveDependencies(
  objects: readonly AddressedObject[],
  rows: { readonly dependencies: readonly DependencyRow[]; readonly aliases: readonly AliasRow[] },
): readonly SchemaObject[] {
  const known = new Map(objects.map(({ address, object }) => [address, object]));
  const aliases = new Map(rows.aliases.map((alias) => [alias.address, alias.stands_for]));
  for (const row of rows.dependencies) if (row.kind === "e") aliases.set(row.object, row.needs);
  const resolve = (address: string): Omit<SchemaObject, "dependsOn"> | undefined => {
    let at: string | undefined = address;
    for (let steps = 0; at !== undefined && steps < 8; steps++) {
      const found = known.get(at);
      if (found !== undefined) return found;
      at = aliases.get(at) ?? wholeRelation(at);
    }
    return undefined;
  };
  const needs = new Map<string, Set<string>>();
  const ofAttributes = new Map<string, Map<string, Set<string>>>();
  const ofParents = new Set(rows.aliases.filter((alias) => alias.of_parent).map((alias) => alias.address));
  for (const row of rows.dependencies) {
    if (row.kind === "e" || ofParents.has(row.object)) continue;
    const from = resolve(row.object);
    const to = resolve(row.needs);
    if (from === undefined || to === undefined || from.id === to.id || from.parent === to.id) continue;
    // A sequence that belongs to a column goes with it, but is made before the default that draws from it.
    if (from.kind === "sequence" && row.kind === "a") continue;
    const attribute = attributeWith(row.object, from);
    if (attribute === null) setIn(needs, from.id).add(to.id);
    else {
      const group = ofAttributes.get(from.id) ?? new Map<string, Set<string>>();
      if (group.size === 0) ofAttributes.set(from.id, group);
      setIn(group, attribute).add(to.id);
    }
  }
  return objects.map(({ object }) => {
    const groups = [...(ofAttributes.get(object.id) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const attributeDependencies = Object.fromEntries(groups.map(([name, ids]) => [name, [...ids].sort()]));
    return {
      ...object,
      dependsOn: [...(needs.get(object.id) ?? [])].sort(),
      ...(groups.length === 0 ? {} : { attributeDependencies }),
    };
  });
}

/** The attribute that alone brings a dependency, or null where the whole object does. */
function attributeWith(address: string, object: Omit<SchemaObject, "dependsOn">): string | null {
  if (address.startsWith(defaultPrefix)) return object.attributes["generated"] === undefined ? "default" : null;
  if (address.startsWith(tablePrefix)) return "tables";
  return address.startsWith(schemaPrefix) ? "schemas" : null;
}

function setIn(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  if (set.size === 0) sets.set(key, set);
  return set;
}

/** The relation of a column that the catalog does not hold, such as a view's. */
function wholeRelation(address: string): string | undefined {
  const relation = `${address.slice(0, address.lastIndexOf(":"))}:0`;
  return relation === address ? undefined : relation;
}
