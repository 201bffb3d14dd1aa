import type { Catalog, SchemaObject } from "../catalog/catalog.ts";
import { idParts, plainPart, splitOutsideQuotes } from "../catalog/object-id.ts";
import { KeelsonError } from "../errors.ts";
import type { Rename } from "./renames.ts";

/**
 * Reads renames as a person writes them (`users:people`, `users.mail:users.email`, `public.users:public.people`, parts
 * in double quotes where they hold a dot or a colon). Throws `usage.invalid` for one that matches nothing, or more than
 * one thing, and says what there is. Tables come first in the result.
 */
export function resolveRenames(texts: readonly string[], from: Catalog, to: Catalog): readonly Rename[] {
  const read = texts.map((text) => ({ text, sides: readSides(text) }));
  const resolveAll = (kind: Rename["kind"], known: readonly Rename[]): readonly (readonly [string, Rename])[] =>
    read.flatMap(({ text, sides }) => {
      const found = candidates(kind, sides, { from, to, tables: known });
      if (found.length > 1) throw severalMatches(text, found);
      return found.map((rename) => [text, rename] as const);
    });
  const asTables = resolveAll("table", []);
  const tables = asTables.map(([, rename]) => rename);
  const asColumns = resolveAll("column", tables);
  for (const { text } of read) {
    const matches = [...asTables, ...asColumns].filter(([of]) => of === text).map(([, rename]) => rename);
    if (matches.length === 0) throw noMatch(text, from, to);
    if (new Set(matches.map((rename) => rename.kind)).size > 1) throw severalMatches(text, matches);
  }
  const all = distinct([...tables, ...asColumns.map(([, rename]) => rename)]);
  refuseClashes(all, from);
  return all;
}

interface Sides {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

interface Known {
  readonly from: Catalog;
  readonly to: Catalog;
  readonly tables: readonly Rename[];
}

function readSides(text: string): Sides {
  const [from = "", to = "", ...rest] = splitOutsideQuotes(text, ":");
  const sides = { from: readName(from), to: readName(to) };
  if (rest.length > 0 || [...sides.from, ...sides.to].some((part) => part === "")) {
    throw new KeelsonError("usage.invalid", `"${text}" is not a rename.`, {
      hint: "Write the old name, a colon and the new name: users:people for a table, users.mail:users.email for a column.",
    });
  }
  return sides;
}

function readName(text: string): readonly string[] {
  return splitOutsideQuotes(text.trim(), ".").map((part) => plainPart(part.trim()));
}

/** The pairs of an old and a new object that two written names can mean. */
function candidates(kind: Rename["kind"], sides: Sides, known: Known): readonly Rename[] {
  const least = kind === "table" ? 1 : 2;
  if (sides.from.length < least || sides.to.length < least) return [];
  const old = named(known.from, kind, sides.from);
  const current = named(known.to, kind, sides.to);
  const pairs = old.flatMap((object) =>
    current
      .filter((other) => belongTogether(object, other, known.tables))
      .map((other) => ({ kind, from: object.id, to: other.id })),
  );
  const sameSchema = pairs.filter((pair) => idParts(pair.from)[0] === idParts(pair.to)[0]);
  return sameSchema.length > 0 ? sameSchema : pairs;
}

/** Objects whose full name ends with what was written. */
function named(catalog: Catalog, kind: Rename["kind"], parts: readonly string[]): readonly SchemaObject[] {
  return catalog.objects.filter((object) => {
    if (object.kind !== kind) return false;
    const full = idParts(object.id).map(plainPart);
    // What a column's name leaves out is its schema, never its table.
    if (parts.length > full.length) return false;
    return parts.every((part, index) => part === full[full.length - parts.length + index]);
  });
}

/** A column stays in its table, which may get a new name at the same time. */
function belongTogether(from: SchemaObject, to: SchemaObject, tables: readonly Rename[]): boolean {
  if (from.id === to.id) return false;
  if (from.kind === "table") return true;
  const table = tables.find((rename) => rename.from === from.parent)?.to ?? from.parent;
  return table === to.parent;
}

function distinct(renames: readonly Rename[]): readonly Rename[] {
  return [...new Map(renames.map((rename) => [`${rename.from} ${rename.to}`, rename])).values()];
}

/** Two renames of one thing, two things to one name, or a name that is already taken. */
function refuseClashes(renames: readonly Rename[], from: Catalog): void {
  const old = new Set<string>();
  const current = new Set<string>();
  const leaving = new Set(renames.map((rename) => rename.from));
  const there = new Set(from.objects.map((object) => object.id));
  for (const rename of renames) {
    if (old.has(rename.from)) throw clash(`${rename.from} is renamed twice.`);
    if (current.has(rename.to)) throw clash(`Two renames lead to ${rename.to}.`);
    if (there.has(rename.to) && !leaving.has(rename.to)) throw clash(`${rename.to} is there already.`);
    old.add(rename.from);
    current.add(rename.to);
  }
}

function clash(message: string): KeelsonError {
  return new KeelsonError("usage.invalid", `The renames can't be made together: ${message}`, {
    hint: "Name each old and each new name once.",
  });
}

function severalMatches(text: string, found: readonly Rename[]): KeelsonError {
  const list = found.map((rename) => `${rename.from} to ${rename.to}`).join("; ");
  return new KeelsonError("usage.invalid", `"${text}" can mean more than one rename: ${list}.`, {
    hint: "Write the names with their schema: public.users:public.people.",
    details: { matches: found },
  });
}

function noMatch(text: string, from: Catalog, to: Catalog): KeelsonError {
  const went = onlyIn(from, to);
  const came = onlyIn(to, from);
  const list = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.slice(0, 20).join(", "));
  return new KeelsonError(
    "usage.invalid",
    `"${text}" renames nothing: no table or column goes by its first name before and by its second name after.`,
    {
      hint: `Only in the old schema: ${list(went)}. Only in the new one: ${list(came)}.`,
      details: { rename: text, went, came },
    },
  );
}

/** The tables that only one catalog has, and the columns that only one of the tables of both has. */
function onlyIn(one: Catalog, other: Catalog): readonly string[] {
  const there = new Set(other.objects.map((object) => object.id));
  return one.objects
    .filter((object) => object.kind === "table" || object.kind === "column")
    .filter((object) => !there.has(object.id))
    .filter((object) => object.kind === "table" || (object.parent !== null && there.has(object.parent)))
    .map((object) => object.name);
}
