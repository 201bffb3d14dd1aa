import type { Catalog } from "../catalog/catalog.ts";
import { KeelsonError } from "../errors.ts";
import { bareName, isInSchema, type Nameable, nameables, pathOf, writtenName } from "./nameables.ts";
import { isEndOf, readName, readRename, type WrittenName, type WrittenRename } from "./read-rename.ts";
import { ownerTable, renamedIds } from "./renamed-ids.ts";
import { askedKinds, kindWords, type Rename, type RenameKind } from "./renames.ts";
import { setAside } from "./set-aside.ts";

/**
 * Reads renames as a person writes them (`users:people`, `users.mail:users.email` or `users.mail:email`, `public.users:public.people`, parts
 * in double quotes where they hold a dot or a colon, the kind in front where the names alone could mean two things).
 * Throws `usage.invalid` for one that matches nothing, or more than one thing, and says what there is. What holds others
 * comes before them in the result.
 */
export function resolveRenames(texts: readonly string[], from: Catalog, to: Catalog): readonly Rename[] {
  if (texts.length === 0) return [];
  const read = texts.map((text) => ({ text, written: readRename(text) }));
  const old = byBareName(nameables(from));
  const current = byBareName(nameables(to));
  const found = new Map<string, readonly Rename[]>();
  let known: readonly Rename[] = [];
  for (const level of [0, 1, 2] as const) {
    const ids = renamedIds(from, known);
    const here = read.map(({ text, written }) => {
      const matches = candidates(written, { level, old, current, idOf: (id) => ids.get(id) ?? id });
      return [text, matches] as const;
    });
    for (const [text, matches] of here) found.set(text, [...(found.get(text) ?? []), ...matches]);
    known = [...found].flatMap(([, renames]) => likeliest(renames));
  }
  for (const { text } of read) {
    const matches = likeliest(found.get(text) ?? []);
    if (matches.length === 0) throw noMatch(text, from, to);
    if (matches.length > 1) throw severalMatches(text, matches);
  }
  const all = [...new Map(known.map((rename) => [`${rename.from} ${rename.to}`, rename])).values()];
  refuseClashes(all, from, to);
  return all;
}

/** What a name alone can mean is what holds data, where it could be that; a routine only where nothing else is meant. */
function likeliest(renames: readonly Rename[]): readonly Rename[] {
  const asked = renames.filter(({ kind }) => askedKinds.includes(kind));
  return asked.length > 0 ? asked : renames;
}

interface Search {
  /** 0: schemas. 1: what stands in one, or in none. 2: parts of those. */
  readonly level: 0 | 1 | 2;
  readonly old: ReadonlyMap<string, readonly Nameable[]>;
  readonly current: ReadonlyMap<string, readonly Nameable[]>;
  /** The id that something of the old catalog has after the renames of the levels above. */
  readonly idOf: (id: string) => string;
}

/** What no statement gives another name, or what is named by what it joins. */
const fixedKinds: readonly RenameKind[] = ["extension", "membership", "user-mapping", "default-privileges"];

function byBareName(all: readonly Nameable[]): ReadonlyMap<string, readonly Nameable[]> {
  const names = new Map<string, Nameable[]>();
  for (const one of all) {
    if (fixedKinds.includes(one.kind)) continue;
    const list = names.get(bareName(one.id));
    if (list === undefined) names.set(bareName(one.id), [one]);
    else list.push(one);
  }
  return names;
}

/** The pairs of an old and a new object that two written names can mean, on one level. */
function candidates({ kind, from, to }: WrittenRename, search: Search): readonly Rename[] {
  const named = (
    names: ReadonlyMap<string, readonly Nameable[]>,
    written: WrittenName,
    leastParts?: number,
  ): readonly Nameable[] =>
    (names.get(written.parts.at(-1) ?? "") ?? []).filter(
      (one) =>
        levelOf(one) === search.level && (kind === null || one.kind === kind) && isMeant(one, written, leastParts),
    );
  // A part stays where it is, so that its new name alone will do: users.mail:email.
  const current = from.parts.length > 1 ? named(search.current, to, 1) : named(search.current, to);
  const pairs = named(search.old, from).flatMap((one) =>
    current
      .filter((other) => other.kind === one.kind && other.id !== one.id && isSameHome(one, other, search))
      .map((other): Rename => ({ kind: one.kind, from: one.id, to: other.id })),
  );
  const sameSchema = pairs.filter((pair) => schemaOf(search.idOf(pair.from)) === schemaOf(pair.to));
  return sameSchema.length > 0 ? sameSchema : pairs;
}

function levelOf({ kind, parent, attributes }: Nameable): Search["level"] {
  if (kind === "schema") return 0;
  return parent === null && !(kind === "sequence" && ownerTable({ attributes }) !== null) ? 1 : 2;
}

function schemaOf(id: string): string {
  return pathOf(id)[0] ?? "";
}

/** What a name leaves out is a schema, never the table that a column is in, unless less is told to do. */
function isMeant(one: Nameable, written: WrittenName, leastParts?: number): boolean {
  const path = pathOf(one.id);
  const least = leastParts ?? path.length - (isInSchema(one.kind) ? 1 : 0);
  return written.parts.length >= least && isEndOf(written, readName(path.join(".")));
}

/** A part stays in what it is a part of, which may get a new name at the same time. */
function isSameHome(from: Nameable, to: Nameable, { idOf }: Search): boolean {
  if (from.parent === null || to.parent === null) return from.parent === to.parent;
  return idOf(from.parent) === to.parent;
}

/** Two renames of one thing, two things to one name, or a name that is already taken. */
function refuseClashes(renames: readonly Rename[], from: Catalog, to: Catalog): void {
  const old = new Set<string>();
  const current = new Set<string>();
  const after = renamedIds(from, [...renames, ...setAside(from, to, renames)]);
  const there = new Set(nameables(from).flatMap(({ id }) => (after.has(id) ? [] : [id])));
  for (const rename of renames) {
    if (old.has(rename.from)) throw clash(`${rename.from} is renamed twice.`);
    if (current.has(rename.to)) throw clash(`Two renames lead to ${rename.to}.`);
    if (there.has(rename.to)) throw clash(`${rename.to} is there already.`);
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
  const [first] = found;
  const several = new Set(found.map(({ kind }) => kind)).size > 1;
  return new KeelsonError("usage.invalid", `"${text}" can mean more than one rename: ${list}.`, {
    hint: several
      ? `Say in front what is meant: ${first?.kind}:${text}.`
      : "Write the names with their schema: public.users:public.people.",
    details: { matches: found },
  });
}

function noMatch(text: string, from: Catalog, to: Catalog): KeelsonError {
  const went = onlyIn(from, to);
  const came = onlyIn(to, from);
  const list = (names: readonly string[]): string => (names.length === 0 ? "nothing" : names.slice(0, 20).join(", "));
  return new KeelsonError(
    "usage.invalid",
    `"${text}" renames nothing: nothing goes by its first name before and by its second name after, in the same place.`,
    {
      hint: `Only in the old schema: ${list(went)}. Only in the new one: ${list(came)}.`,
      details: { rename: text, went, came },
    },
  );
}

/** What only one catalog has; parts only where both have what they are a part of. */
function onlyIn(one: Catalog, other: Catalog): readonly string[] {
  const there = new Set(nameables(other).map(({ id }) => id));
  return nameables(one)
    .filter(({ id, parent }) => !there.has(id) && (parent === null || there.has(parent)))
    .sort((a, b) => rank(a.kind) - rank(b.kind))
    .map((object) => shown(object, one));
}

function rank(kind: RenameKind): number {
  const at = askedKinds.indexOf(kind);
  return at < 0 ? askedKinds.length : at;
}

function shown({ kind, id }: Nameable, catalog: Catalog): string {
  const name = writtenName(id, catalog);
  return kind === "table" || kind === "column" ? name : `${kindWords(kind)} ${name}`;
}
