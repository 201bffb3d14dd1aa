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
  const defaults = new Map<string, Set<string>>();
  const ofParents = new Set(rows.aliases.filter((alias) => alias.of_parent).map((alias) => alias.address));
  for (const row of rows.dependencies) {
    if (row.kind === "e" || ofParents.has(row.object)) continue;
    const from = resolve(row.object);
    const to = resolve(row.needs);
    if (from === undefined || to === undefined || from.id === to.id || from.parent === to.id) continue;
    // A sequence that belongs to a column goes with it, but is made before the default that draws from it.
    if (from.kind === "sequence" && row.kind === "a") continue;
    const isDefault = row.object.startsWith(defaultPrefix) && from.attributes["generated"] === undefined;
    const group = isDefault ? defaults : needs;
    const list = group.get(from.id) ?? new Set();
    if (list.size === 0) group.set(from.id, list);
    list.add(to.id);
  }
  return objects.map(({ object }) => {
    const ofDefault = defaults.get(object.id);
    return {
      ...object,
      dependsOn: [...(needs.get(object.id) ?? [])].sort(),
      ...(ofDefault === undefined ? {} : { attributeDependencies: { default: [...ofDefault].sort() } }),
    };
  });
}

/** The relation of a column that the catalog does not hold, such as a view's. */
function wholeRelation(address: string): string | undefined {
  const relation = `${address.slice(0, address.lastIndexOf(":"))}:0`;
  return relation === address ? undefined : relation;
}
