/** A set of parts under an id. */
export interface PartSet {
  readonly id: string;
  readonly parts: readonly string[];
}

/** A set that has enough in common with another, and how much: 1 is everything. */
export interface SimilarSet {
  readonly id: string;
  readonly share: number;
}

/** How many candidates are worth telling. */
const most = 20;

/**
 * For each set of the first list those of the second that have at least four fifths of the larger one in common,
 * likeliest first. Takes time in proportion to the sets and not to their pairs: two sets that are so much alike share
 * one of their rarest parts, so only those are looked up, and equal sets are looked up once.
 */
export function similarSets(
  first: readonly PartSet[],
  second: readonly PartSet[],
): ReadonlyMap<string, readonly SimilarSet[]> {
  const counts = countParts([...first, ...second]);
  const groups = groupEqual(second, counts);
  const lookup = new Map<string, Group[]>();
  for (const group of groups.values()) {
    for (const part of rarest(group.parts)) append(lookup, part, group);
  }
  const found = new Map<string, readonly SimilarSet[]>();
  for (const group of groupEqual(first, counts).values()) {
    const similar = similarGroups(group, lookup).flatMap(({ other, share }) => other.ids.map((id) => ({ id, share })));
    if (similar.length > 0) for (const id of group.ids) found.set(id, similar.slice(0, most));
  }
  return found;
}

interface Group {
  /** Rarest first. */
  readonly parts: readonly string[];
  readonly ids: string[];
}

function countParts(sets: readonly PartSet[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { parts } of sets) for (const part of new Set(parts)) counts.set(part, (counts.get(part) ?? 0) + 1);
  return counts;
}

function groupEqual(sets: readonly PartSet[], counts: ReadonlyMap<string, number>): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { id, parts } of sets) {
    const ordered = [...new Set(parts)].sort(
      (a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : a > b ? 1 : 0),
    );
    const key = JSON.stringify(ordered);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { parts: ordered, ids: [id] });
    else group.ids.push(id);
  }
  return groups;
}

/** Of two sets with four fifths in common, each has at least one of the other's rarest parts. */
function rarest(parts: readonly string[]): readonly string[] {
  return parts.slice(0, parts.length - leastCommon(parts.length) + 1);
}

function leastCommon(size: number): number {
  return Math.max(1, Math.ceil((size * 4) / 5));
}

function similarGroups(
  group: Group,
  lookup: ReadonlyMap<string, readonly Group[]>,
): readonly { readonly other: Group; readonly share: number }[] {
  const own = new Set(group.parts);
  const candidates = new Set(rarest(group.parts).flatMap((part) => lookup.get(part) ?? []));
  const similar = [...candidates].flatMap((other) => {
    const larger = Math.max(own.size, other.parts.length);
    const same = other.parts.filter((part) => own.has(part)).length;
    return same > 0 && same * 5 >= larger * 4 ? [{ other, share: same / larger }] : [];
  });
  return similar.sort((a, b) => b.share - a.share || ((a.other.ids[0] ?? "") < (b.other.ids[0] ?? "") ? -1 : 1));
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
