import { ownName, plainPart } from "../catalog/object-id.ts";
import { likeness } from "./likeness.ts";
import { bareName, type Nameable } from "./nameables.ts";
import type { Pair, Sides } from "./sides.ts";
import { type PartSet, similarSets } from "./similar-sets.ts";

/**
 * Tables that went, each with the tables that came and have almost the same columns. One that is equal in everything
 * but names (its own, and those made from it) comes first, then the one with the most columns in common.
 */
export function similarTables({ gone, come, before, current }: Sides): readonly Pair[] {
  const isTable = ({ kind }: Nameable): boolean => kind === "table";
  const [old, fresh] = [gone.filter(isTable), come.filter(isTable)];
  if (old.length === 0 || fresh.length === 0) return [];
  const [oldParts, newParts] = [partsOf(old, before), partsOf(fresh, current)];
  const similar = similarSets(columnSets(old, oldParts), columnSets(fresh, newParts));
  const structures = new Map<string, string[]>();
  for (const table of fresh) {
    const key = structure(table, newParts);
    structures.set(key, [...(structures.get(key) ?? []), table.id]);
  }
  return old.flatMap((table): readonly Pair[] => {
    const candidates = similar.get(table.id) ?? [];
    if (candidates.length === 0) return [];
    const equal = structures.get(structure(table, oldParts)) ?? [];
    const to = new Set([...equal.slice(0, candidates.length), ...candidates.map(({ id }) => id)]);
    return [{ kind: "table", from: table.id, to: [...to] }];
  });
}

/** The parts of some tables, by the ids of the tables. */
function partsOf(tables: readonly Nameable[], all: readonly Nameable[]): ReadonlyMap<string, readonly Nameable[]> {
  const parts = new Map(tables.map(({ id }) => [id, [] as Nameable[]]));
  for (const one of all) if (one.parent !== null) parts.get(one.parent)?.push(one);
  return parts;
}

function columnSets(tables: readonly Nameable[], parts: ReadonlyMap<string, readonly Nameable[]>): readonly PartSet[] {
  return tables.map(({ id }) => ({
    id,
    parts: (parts.get(id) ?? [])
      .filter(({ kind }) => kind === "column")
      .map((column) => `${ownName(column.id)} ${String(column.attributes["type"])}`),
  }));
}

function structure(table: Nameable, parts: ReadonlyMap<string, readonly Nameable[]>): string {
  const name = bareName(table.id);
  const entries = (parts.get(table.id) ?? []).map(({ kind, id, attributes }) => {
    const own = plainPart(ownName(id));
    return JSON.stringify([
      kind,
      kind === "column" ? own : "",
      likeness(attributes, kind === "column" ? [name] : [name, own]),
    ]);
  });
  return JSON.stringify([likeness(table.attributes, [name]), entries.sort()]);
}
