import type { Catalog } from "../catalog/catalog.ts";
import type { Ambiguity } from "../plan/plan.ts";
import { applyRenames } from "./apply-renames.ts";
import { likeness } from "./likeness.ts";
import { bareName, isInSchema, type Nameable, nameables, pathOf, writtenName } from "./nameables.ts";
import { originsOf, renamedIds } from "./renamed-ids.ts";
import type { Rename, RenameKind } from "./renames.ts";
import type { Pair, Sides } from "./sides.ts";
import { type PartSet, similarSets } from "./similar-sets.ts";
import { similarTables } from "./similar-tables.ts";

/**
 * Finds what may be a rename and was not told to be one: of what holds rows, values or a position, whatever went while
 * its like came. What stands in a schema or table that is asked about itself waits for that answer. Names are spelt as
 * `resolveRenames` reads them; the old ones as they are in `from`. `renamed` is the catalog after the known renames, where
 * a database has said what it is.
 */
export function findAmbiguities(
  from: Catalog,
  to: Catalog,
  renames: readonly Rename[] = [],
  renamed: Catalog = applyRenames(from, renames),
): readonly Ambiguity[] {
  const before = nameables(renamed);
  const current = nameables(to);
  const old = new Map(before.map((one) => [one.id, one]));
  const now = new Map(current.map((one) => [one.id, one]));
  const sides: Sides = {
    before,
    current,
    old,
    now,
    gone: before.filter(({ id }) => !now.has(id)),
    come: current.filter(({ id }) => !old.has(id)),
  };
  if (sides.gone.length === 0 || sides.come.length === 0) return [];
  const schemas = similarSchemas(sides);
  const open = new Set(schemas.map(({ from: schema }) => pathOf(schema)[0]));
  const rest: Sides = {
    ...sides,
    gone: sides.gone.filter(({ kind, id }) => !isInSchema(kind) || !open.has(pathOf(id)[0])),
  };
  const found = [...schemas, ...similarTables(rest), ...parts(rest), ...sequences(rest)];
  const oldNames = new Map([...renamedIds(from, renames)].map(([id, after]) => [after, id]));
  return found.map((pair) => ({
    kind: pair.kind,
    from: writtenName(oldNames.get(pair.from) ?? pair.from, from),
    to: pair.to.map((id) => writtenName(id, to)),
  }));
}

function similarSchemas({ gone, come, before, current }: Sides): readonly Pair[] {
  const contents = (schemas: readonly Nameable[], all: readonly Nameable[]): readonly PartSet[] => {
    const parts = new Map(schemas.map(({ id }) => [pathOf(id)[0] ?? "", [] as string[]]));
    if (parts.size > 0) {
      for (const { kind, id } of all) {
        const [schema = "", ...rest] = isInSchema(kind) ? pathOf(id) : [];
        parts.get(schema)?.push(`${kind} ${rest.join(".")}`);
      }
    }
    return [...parts].map(([schema, list]) => ({ id: `schema:${schema}`, parts: list }));
  };
  const isSchema = ({ kind }: Nameable): boolean => kind === "schema";
  const [old, fresh] = [gone.filter(isSchema), come.filter(isSchema)];
  if (old.length === 0 || fresh.length === 0) return [];
  const similar = similarSets(contents(old, before), contents(fresh, current));
  return old.flatMap(({ id }) => {
    const to = (similar.get(id) ?? []).map((one) => one.id);
    return to.length === 0 ? [] : [{ kind: "schema", from: id, to }];
  });
}

/** Columns, values of enums and attributes of composite types: what came in the same home, with the same type. */
function parts({ gone, come, old, now }: Sides): readonly Pair[] {
  const kinds: readonly RenameKind[] = ["column", "enum-value", "attribute"];
  const key = ({ kind, parent, attributes }: Nameable): string =>
    JSON.stringify([kind, parent, attributes["type"] ?? null]);
  const candidates = new Map<string, Nameable[]>();
  for (const one of come) {
    if (!kinds.includes(one.kind) || !old.has(one.parent ?? "")) continue;
    candidates.set(key(one), [...(candidates.get(key(one)) ?? []), one]);
  }
  return kinds.flatMap((kind) =>
    gone
      .filter((one) => one.kind === kind && now.has(one.parent ?? "") && !follows(one, old))
      .flatMap((one): readonly Pair[] => {
        const measured = (candidates.get(key(one)) ?? []).map((other) => ({ other, value: closeness(one, other) }));
        measured.sort((a, b) => b.value - a.value || (a.other.id < b.other.id ? -1 : 1));
        return measured.length === 0 ? [] : [{ kind, from: one.id, to: measured.map(({ other }) => other.id) }];
      }),
  );
}

/** Whether a parent table has the same column, which takes this one with it. */
function follows(one: Nameable, old: ReadonlyMap<string, Nameable>): boolean {
  return originsOf(one, old).length > 0;
}

/** How much two parts have in common: their attributes first, then their place. */
function closeness(one: Nameable, other: Nameable): number {
  const names = new Set([...Object.keys(one.attributes), ...Object.keys(other.attributes)]);
  let equal = 0;
  for (const name of names) {
    if (JSON.stringify(one.attributes[name] ?? null) === JSON.stringify(other.attributes[name] ?? null)) equal++;
  }
  return equal + 1 / (1 + Math.abs(one.position - other.position));
}

/** Sequences that belong to no column, and so would not come along with one. */
function sequences({ gone, come }: Sides): readonly Pair[] {
  const key = (one: Nameable): string =>
    JSON.stringify([pathOf(one.id)[0], likeness(one.attributes, [bareName(one.id)])]);
  const isFree = ({ kind, attributes }: Nameable): boolean =>
    kind === "sequence" && attributes["ownedBy"] === undefined;
  const candidates = new Map<string, string[]>();
  for (const one of come.filter(isFree)) candidates.set(key(one), [...(candidates.get(key(one)) ?? []), one.id]);
  return gone.filter(isFree).flatMap((one): readonly Pair[] => {
    const to = candidates.get(key(one)) ?? [];
    return to.length === 0 ? [] : [{ kind: "sequence", from: one.id, to }];
  });
}
