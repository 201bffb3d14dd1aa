import { type Catalog, kindsOutsideSchemas, type SchemaObject } from "./catalog.ts";
import { idParts, plainPart, splitOutsideQuotes } from "./object-id.ts";

/** A name of what others look after, taken apart. */
interface ExternalName {
  /** Null where only a name was given. */
  readonly schema: string | null;
  /** Null for everything in the schema, and the schema itself. */
  readonly name: string | null;
}

/** Says of names in a database whether they belong to somebody else: `auth.users`, `users`, or `auth.*` for all of a schema. */
export type IsExternal = (schema: string | null, name: string) => boolean;

/** Reads names as a configuration gives them. Without a schema, as all names of SQLite are, they stand for `public`. */
export function externalNames(names: readonly string[]): IsExternal {
  const known = names.map(externalName);
  return (schema, name) =>
    known.some((one) => {
      const home = one.schema ?? "public";
      return home === (schema ?? "public") && (one.name === name || (one.name === null && schema !== null));
    });
}

/** The catalog without what belongs to others: their tables and views with all their parts, or whole schemas. */
export function withoutExternal(catalog: Catalog, names: readonly string[]): Catalog {
  if (names.length === 0) return catalog;
  const ids = externalIds(catalog, names);
  return ids.size === 0 ? catalog : { ...catalog, objects: catalog.objects.filter(({ id }) => !ids.has(id)) };
}

/** The ids of what belongs to others. */
export function externalIds(catalog: Catalog, names: readonly string[]): ReadonlySet<string> {
  const isExternal = externalNames(names);
  const schemas = new Set(names.map(externalName).flatMap(({ schema, name }) => (name === null ? (schema ?? []) : [])));
  const byId = new Map(catalog.objects.map((object) => [object.id, object]));
  const found = new Set<string>();
  const belongs = (object: SchemaObject): boolean => {
    const parent = object.parent === null ? undefined : byId.get(object.parent);
    if (parent !== undefined && parent.kind !== "schema") return belongs(parent);
    const parts = idParts(object.id).map(plainPart);
    if (object.kind === "schema") return schemas.has(parts[0] ?? "");
    if (object.kind === "default-privileges" && parts.length === 3) return schemas.has(parts[0] ?? "");
    if (kindsOutsideSchemas.has(object.kind)) return false;
    const [schema = "", name = ""] = parts;
    return isExternal(catalog.dialect === "sqlite" ? null : schema, withoutArguments(name));
  };
  for (const object of catalog.objects)
    if (belongs(object) || ownerIsExternal(object, isExternal)) found.add(object.id);
  return found;
}

/** The sequence behind a column goes with the column. */
function ownerIsExternal(object: SchemaObject, isExternal: IsExternal): boolean {
  const owner = object.kind === "sequence" ? object.attributes["ownedBy"] : null;
  if (typeof owner !== "string") return false;
  const [schema = "", table = ""] = splitOutsideQuotes(owner, ".").map(plainPart);
  return isExternal(schema, table);
}

function externalName(text: string): ExternalName {
  const parts = splitOutsideQuotes(text.trim(), ".");
  const [name = "", schema] = parts.toReversed();
  const all = name === "*";
  return { schema: schema === undefined ? null : plainPart(schema), name: all ? null : plainPart(name) };
}

/** A function's id has the types of its arguments. */
function withoutArguments(name: string): string {
  const open = name.indexOf("(");
  return open < 0 ? name : name.slice(0, open);
}
