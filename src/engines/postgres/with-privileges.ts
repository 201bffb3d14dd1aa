import type { AttributeValue } from "../../catalog/catalog.ts";
import type { AddressedObject } from "./resolve-dependencies.ts";

/** A row of the reading of owners and privileges. */
export interface PrivilegeRow {
  readonly address: string;
  readonly owner: string | null;
  /** A list as JSON. */
  readonly grants: string | null;
  /** The name of a column, quoted, whose privileges these are. */
  readonly part: string | null;
  /** Whether they are on the sequence of an identity column. */
  readonly of_sequence: boolean;
}

/** The objects with their owners and privileges as attributes. Those of columns that are no objects are the relation's. */
export function withPrivileges(
  objects: readonly AddressedObject[],
  rows: readonly PrivilegeRow[],
): readonly AddressedObject[] {
  if (rows.length === 0) return objects;
  const known = new Set(objects.map(({ address }) => address));
  const found = new Map<string, Record<string, AttributeValue>>();
  for (const { address, owner, grants, part, of_sequence } of rows) {
    const entries = grants === null ? [] : (JSON.parse(grants) as readonly string[]);
    if (part === null || known.has(address)) {
      const list = of_sequence ? { sequenceGrants: entries } : { grants: entries };
      const own = { ...(owner === null ? {} : { owner }), ...(entries.length === 0 ? {} : list) };
      found.set(address, { ...found.get(address), ...own });
      continue;
    }
    const relation = `${address.slice(0, address.lastIndexOf(":"))}:0`;
    const before = found.get(relation);
    const others = (before?.["columnGrants"] ?? []) as readonly string[];
    const columnGrants = [...others, ...entries.map((entry) => `${part} ${entry}`)].sort();
    found.set(relation, { ...before, columnGrants });
  }
  return objects.map((addressed) => {
    const more = found.get(addressed.address);
    if (more === undefined) return addressed;
    const entries = Object.entries({ ...addressed.object.attributes, ...more });
    const attributes = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    return { ...addressed, object: { ...addressed.object, attributes } };
  });
}
