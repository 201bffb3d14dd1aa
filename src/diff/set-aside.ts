import type { Catalog } from "../catalog/catalog.ts";
import { plainPart, withParts } from "../catalog/object-id.ts";
import type { PlannedStatement } from "../plan/plan.ts";
import { bareName, type Nameable, nameables, pathOf, quotedPart, writtenName } from "./nameables.ts";
import { renamedIds } from "./renamed-ids.ts";
import type { Rename, RenameKind } from "./renames.ts";

/** What can wait under another name until it is dropped; other kinds keep theirs, or go with what lists them. */
const kinds: readonly RenameKind[] = [
  "table",
  "column",
  "sequence",
  "enum",
  "domain",
  "type",
  "range",
  "view",
  "materialized-view",
  "constraint",
  "index",
];

/** As many characters as any name of PostgreSQL has room for besides what is added to it. */
const mostCharacters = 12;

/**
 * The renames that make room for others: what has a name that something else is to get goes by one that nothing has,
 * and is dropped under it. With a table go the names of its indexes that `to` gives to others.
 */
export function setAside(from: Catalog, to: Catalog, renames: readonly Rename[]): readonly Rename[] {
  if (renames.length === 0) return [];
  const all = nameables(from);
  const names = new Set(all.map(({ id }) => bareName(id).toLowerCase()));
  const aside: Rename[] = [];
  const move = ({ kind, id }: Nameable, place: string): void => {
    const parts = pathOf(place);
    const name = freeName(plainPart(parts.at(-1) ?? ""), names);
    names.add(name.toLowerCase());
    aside.push({ kind, from: id, to: withParts(place, [...parts.slice(0, -1), quotedPart(name)]) });
  };
  const moved = new Set(renames.map(({ from: id }) => id));
  const wanted = new Set(renames.map(({ to: id }) => id));
  // What is inside a table that goes has gone out of the way with it.
  for (const isInside of [false, true]) {
    const after = renamedIds(from, [...renames, ...aside]);
    for (const one of all) {
      const place = after.get(one.id) ?? one.id;
      if ((one.parent !== null) !== isInside || moved.has(one.id) || !kinds.includes(one.kind)) continue;
      if (wanted.has(place)) move(one, place);
    }
  }
  if (from.dialect !== "postgres") return aside;
  const after = renamedIds(from, [...renames, ...aside]);
  const needed = indexNames(nameables(to));
  for (const one of indexesAside(all, aside)) {
    const place = after.get(one.id) ?? one.id;
    if (needed.has(indexName({ ...one, id: place }) ?? "")) move(one, place);
  }
  return aside;
}

function indexesAside(all: readonly Nameable[], aside: readonly Rename[]): readonly Nameable[] {
  const tables = new Set(aside.filter(({ kind }) => kind === "table").map(({ from }) => from));
  return all.filter((one) => tables.has(one.parent ?? "") && indexName(one) !== null);
}

function indexNames(all: readonly Nameable[]): ReadonlySet<string> {
  return new Set(all.flatMap((one) => indexName(one) ?? []));
}

/** Takes the mark of an answer from the statements that carry out such renames: nobody gave one. */
export function withoutAnswers(
  statements: readonly PlannedStatement[],
  aside: readonly Rename[],
  catalog: Pick<Catalog, "dialect">,
): readonly PlannedStatement[] {
  const written = new Set(aside.map(({ from, to }) => `${writtenName(from, catalog)}:${writtenName(to, catalog)}`));
  return statements.map((statement) => {
    const { rename, ...unmarked } = statement;
    return rename !== undefined && written.has(rename) ? unmarked : statement;
  });
}

/** The name that an index, or a key with one, has in its schema. */
function indexName({ kind, id }: Pick<Nameable, "kind" | "id">): string | null {
  if (kind !== "index" && kind !== "constraint") return null;
  const parts = pathOf(id);
  return `${parts[0]}.${parts.at(-1)}`;
}

function freeName(name: string, names: ReadonlySet<string>): string {
  const begin = [...name].slice(0, mostCharacters).join("");
  for (let count = 1; ; count++) {
    const free = `${begin}_replaced${count === 1 ? "" : `_${count}`}`;
    if (!names.has(free.toLowerCase())) return free;
  }
}
