import { type Catalog, kindsOutsideSchemas, type SchemaObject } from "../catalog/catalog.ts";
import { idParts, plainPart, splitOutsideQuotes, sqlName } from "../catalog/object-id.ts";
import type { RenameKind } from "./renames.ts";

/** Something with a name of its own: a schema object, or a part that a catalog keeps inside one. */
export interface Nameable {
  readonly kind: RenameKind;
  readonly id: string;
  readonly parent: string | null;
  /** Its place among its siblings, from 1 on where there is one. */
  readonly position: number;
  readonly attributes: SchemaObject["attributes"];
}

/** Everything in a catalog that can get another name, sorted by id. */
export function nameables(catalog: Catalog): readonly Nameable[] {
  const all = catalog.objects.flatMap((object): readonly Nameable[] => [object, ...partsInside(object, catalog)]);
  return all.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Where a catalog keeps named parts inside an object: the attribute with the list, and what the parts are. */
const lists: Readonly<Record<string, { readonly attribute: string; readonly kind: RenameKind }>> = {
  enum: { attribute: "labels", kind: "enum-value" },
  view: { attribute: "columns", kind: "view-column" },
  "materialized-view": { attribute: "columns", kind: "view-column" },
  type: { attribute: "attributes", kind: "attribute" },
};

/** The attribute of an object that lists named parts, or null where it has none. */
export function partList(object: SchemaObject): { readonly attribute: string; readonly kind: RenameKind } | null {
  return lists[object.kind] ?? null;
}

/** The labels of an enum, the columns of a view, the attributes of a composite type. */
export function partsInside(object: SchemaObject, { dialect }: Pick<Catalog, "dialect">): readonly Nameable[] {
  const list = dialect === "postgres" ? partList(object) : null;
  const entries = list === null ? undefined : object.attributes[list.attribute];
  if (list === null || !Array.isArray(entries)) return [];
  return (entries as readonly string[]).map((entry, index) => {
    const { name, rest } = partEntry(list.kind, entry);
    return {
      kind: list.kind,
      id: `${list.kind}:${sqlName(object.id)}.${name}`,
      parent: object.id,
      position: index + 1,
      attributes: { type: rest },
    };
  });
}

/** The name of an entry, quoted as ids are, and what follows it: the type of a column. */
export function partEntry(kind: RenameKind, entry: string): { readonly name: string; readonly rest: string } {
  if (kind === "enum-value") return { name: quotedPart(entry), rest: "" };
  const [name = ""] = splitOutsideQuotes(entry, " ");
  return { name, rest: entry.slice(name.length + 1) };
}

/** A name as a part of an id. */
export function quotedPart(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The parts of an id; what follows the name of a function, in brackets, stays with it. */
export function pathOf(id: string): readonly string[] {
  const text = sqlName(id);
  const [head = ""] = splitOutsideQuotes(text, "(");
  if (head.length === text.length) return idParts(id);
  const parts = splitOutsideQuotes(head, ".");
  return [...parts.slice(0, -1), `${parts.at(-1)}${text.slice(head.length)}`];
}

/** The name alone, without what stands around it, without quotes and without the arguments of a function. */
export function bareName(id: string): string {
  const [name = ""] = splitOutsideQuotes(pathOf(id).at(-1) ?? "", "(");
  return plainPart(name);
}

/** How `--rename` takes what an id names: with its schema where the dialect has schemas. */
export function writtenName(id: string, { dialect }: Pick<Catalog, "dialect">): string {
  return dialect === "postgres" ? sqlName(id) : idParts(id).slice(1).join(".");
}

/** Whether an id begins with the name of a schema. */
export function isInSchema(kind: RenameKind): boolean {
  return kind !== "schema" && !kindsOutsideSchemas.has(kind);
}
