import type { AttributeValue, Catalog, SchemaObject } from "./catalog.ts";
import { type GrantEntry, ownerRole, parseGrantEntry, printGrantEntry, splitColumnGrant } from "./grant-entry.ts";
import { idParts } from "./object-id.ts";

/*
 * Owners and privileges in catalogs: `owner` is left out where it is the role that made the schema, and what an object's
 * owner may do and everybody is usually given is left out of `grants`. Whoever compares two catalogs says first what is to
 * be compared, by giving the second what the first has of everything else.
 */

type Attributes = SchemaObject["attributes"];

/** The attributes that hold an object's owner and what roles may do with it. */
export const privilegeAttributes: ReadonlySet<string> = new Set(["owner", "grants", "columnGrants", "sequenceGrants"]);

const lists = ["grants", "columnGrants", "sequenceGrants"] as const;

/** Makes the second of two catalogs comparable with the first. */
export type Reconcile = (from: Catalog, to: Catalog) => Catalog;

/** Whether a schema says who owns something, or who may do what with it. */
export function statesPrivileges({ objects }: Catalog): boolean {
  return objects.some((object) => object.kind === "default-privileges" || hasPrivileges(object));
}

/** The catalog without owners, privileges and default privileges. */
export function withoutPrivileges(catalog: Catalog): Catalog {
  if (!statesPrivileges(catalog)) return catalog;
  return { ...catalog, objects: catalog.objects.filter(isOther).map((object) => withAttributes(object, {})) };
}

/** The second catalog with the owners, privileges and default privileges of the first one: for schemas that can't state any. */
export const keepPrivileges: Reconcile = (from, to) => {
  if (!statesPrivileges(from) && !statesPrivileges(to)) return to;
  const before = new Map(from.objects.map((object) => [object.id, object]));
  const present = new Set(to.objects.map(({ id }) => id));
  const kept = from.objects.filter((object) => !isOther(object) && object.dependsOn.every((id) => present.has(id)));
  const objects = to.objects.filter(isOther).map((object) => {
    const own = before.get(object.id);
    return withAttributes(object, own === undefined ? {} : privilegesOf(own));
  });
  return { ...to, objects: [...objects, ...kept].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)) };
};

/** The second catalog with the owners of the first one wherever it names none itself: not to name one asks for no change. */
export const keepOwners: Reconcile = (from, to) => {
  const before = new Map(from.objects.map((object) => [object.id, object.attributes["owner"]]));
  const now = new Map(to.objects.map((object) => [object.id, object.attributes["owner"]]));
  const adopted = (id: string): string | null => {
    const owner = now.has(id) && now.get(id) === undefined ? before.get(id) : undefined;
    return typeof owner === "string" ? owner : null;
  };
  if (![...now.keys()].some((id) => adopted(id) !== null)) return to;
  return {
    ...to,
    objects: to.objects.map((object) => {
      const holder = holderOf(object);
      const owner = adopted(holder);
      if (owner === null) return object;
      const owned = holder === object.id ? { owner } : {};
      return withAttributes(object, { ...relativeTo(owner, object), ...owned });
    }),
  };
};

/**
 * What a catalog says of owners and privileges, by name, for schemas of which nobody compares it. Where every table states
 * its owner, that is a matter of the reading and nothing to tell.
 */
export function privilegeNames({ objects }: Catalog): readonly string[] {
  const owners = new Map<string, number>();
  const names: string[] = [];
  for (const { kind, name, attributes } of objects) {
    const owner = attributes["owner"];
    if (typeof owner === "string") owners.set(owner, (owners.get(owner) ?? 0) + 1);
    if (kind === "default-privileges") names.push(`default privileges for ${name}`);
    if (lists.some((list) => attributes[list] !== undefined))
      names.push(`privileges on ${kind.replaceAll("-", " ")} ${name}`);
  }
  const all = objects.every(({ kind, attributes }) => kind !== "table" || attributes["owner"] !== undefined);
  const counted = [...(all && objects.some(({ kind }) => kind === "table") ? [] : owners)].map(
    ([owner, count]) => `owner ${owner} of ${count} ${count === 1 ? "object" : "objects"}`,
  );
  return [...counted, ...names].sort();
}

function hasPrivileges({ attributes }: SchemaObject): boolean {
  for (const name of privilegeAttributes) if (attributes[name] !== undefined) return true;
  return false;
}

function isOther({ kind }: SchemaObject): boolean {
  return kind !== "default-privileges";
}

function privilegesOf({ attributes }: SchemaObject): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => privilegeAttributes.has(name)));
}

/** The object with these privileges and no others. */
function withAttributes(object: SchemaObject, privileges: Attributes): SchemaObject {
  if (!hasPrivileges(object) && Object.keys(privileges).length === 0) return object;
  const others = Object.entries(object.attributes).filter(([name]) => !privilegeAttributes.has(name));
  const all = [...others, ...Object.entries(privileges)].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...object, attributes: Object.fromEntries(all) };
}

/** The id of the object whose owner counts: a column's table, and that of a column's sequence. */
function holderOf({ kind, id, parent, attributes }: SchemaObject): string {
  const column = kind === "sequence" ? attributes["ownedBy"] : undefined;
  if (typeof column === "string") return `table:${idParts(`column:${column}`).slice(0, 2).join(".")}`;
  return kind === "column" && parent !== null ? parent : id;
}

/** The lists of an object's privileges, once its owner is known to have this name. */
function relativeTo(owner: string, { kind, attributes }: SchemaObject): Attributes {
  const changed: Record<string, AttributeValue> = {};
  for (const name of lists) {
    const list = attributes[name];
    if (!Array.isArray(list)) continue;
    // An owner may do everything with a table, and is given the privileges on its columns like anybody else.
    const ofColumn = name === "columnGrants" || (name === "grants" && kind === "column");
    const entries = (list as readonly string[]).flatMap((line) => {
      const { column, entry } = name === "columnGrants" ? splitColumnGrant(line) : { column: null, entry: line };
      const renamed = withOwnerNamed(parseGrantEntry(entry), owner);
      if (isUsual(renamed) && !ofColumn) return [];
      const text = printGrantEntry(renamed);
      return [column === null ? text : `${column} ${text}`];
    });
    if (entries.length > 0) changed[name] = [...new Set(entries)].sort();
  }
  return changed;
}

function withOwnerNamed(entry: GrantEntry, owner: string): GrantEntry {
  const now = (role: string): string => (role === owner ? ownerRole : role);
  return { ...entry, grantee: now(entry.grantee), grantor: now(entry.grantor) };
}

function isUsual({ given, grantee, grantor, grantable }: GrantEntry): boolean {
  return given && grantee === ownerRole && grantor === ownerRole && !grantable;
}
