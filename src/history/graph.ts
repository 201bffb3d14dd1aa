import { KeelsonError } from "../errors.ts";
import { findCycle } from "./cycle.ts";
import { duplicateId, duplicateLabel, type LostName, missingParents, unclearDependency } from "./graph-problems.ts";
import { isSorted, topologicalOrder } from "./order.ts";
import type { Revision } from "./revision.ts";

/** All revisions as a directed acyclic graph. Every list of them has parents and dependencies before what builds on them. */
export interface History {
  readonly revisions: readonly Revision[];
  /** Revisions without children; another revision may still depend on them. */
  readonly heads: readonly Revision[];
  /** Revisions without parents; they may still depend on other revisions. */
  readonly bases: readonly Revision[];
  /** Who carries each label. */
  readonly labels: ReadonlyMap<string, Revision>;
  get(id: string): Revision | undefined;
  /** In the order that the file names them. */
  parents(revision: Revision): readonly Revision[];
  children(revision: Revision): readonly Revision[];
  /** Parents and dependencies: what must be applied before it. */
  requirements(revision: Revision): readonly Revision[];
  /** Children and what depends on it: what must be reverted before it. */
  dependants(revision: Revision): readonly Revision[];
}

type Neighbours = (revision: Revision) => readonly Revision[];

/** The four kinds of neighbours of a history. */
interface Links {
  readonly parents: Neighbours;
  readonly children: Neighbours;
  readonly requirements: Neighbours;
  readonly dependants: Neighbours;
}

/**
 * Makes the graph of revisions. Refuses what can't be one, by name: two revisions with one id or one label, parents and
 * dependencies that are not there, cycles.
 */
export function buildHistory(revisions: readonly Revision[]): History {
  const places = indexIds(revisions);
  const labels = indexLabels(revisions, places);
  const { inOrder, ...graph } = linkAll(revisions, places, labels);
  // Most folders are in an order to apply already; telling so costs a fraction of finding one.
  const ordered = inOrder && isSorted(revisions) ? revisions : topologicalOrder(revisions, graph);
  if (ordered === null) throw cycleError(findCycle(revisions, graph), graph);
  return {
    ...graph,
    revisions: ordered,
    heads: ordered.filter((revision) => graph.children(revision).length === 0),
    bases: ordered.filter((revision) => graph.parents(revision).length === 0),
    labels,
    get: (id) => {
      const found = revisions[places.get(idKey(id)) ?? -1];
      return found?.id === id ? found : undefined;
    },
  };
}

/** Everything that can be reached from revisions over one kind of link, themselves included. */
export function reach(from: Iterable<Revision>, next: (revision: Revision) => readonly Revision[]): Set<Revision> {
  const seen = new Set<Revision>(from);
  const open = [...seen];
  // Iterative, because histories get longer than a call stack.
  for (let revision = open.pop(); revision !== undefined; revision = open.pop()) {
    for (const other of next(revision)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}

/** `1` and `0001` are the same number, and so the same version of a headerless file. */
export function idKey(id: string): string {
  return id.startsWith("0") && /^\d+$/.test(id) ? id.replace(/^0+(?=\d)/, "") : id;
}

/** The place of each revision in the list, by its id. */
function indexIds(revisions: readonly Revision[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, revision] of revisions.entries()) {
    const key = idKey(revision.id);
    const other = revisions[places.get(key) ?? -1];
    if (other !== undefined) throw duplicateId(other, revision);
    places.set(key, place);
  }
  return places;
}

function indexLabels(revisions: readonly Revision[], places: ReadonlyMap<string, number>): Map<string, Revision> {
  const labels = new Map<string, Revision>();
  for (const revision of revisions) {
    for (const label of revision.labels) {
      const other = labels.get(label) ?? revisions[places.get(idKey(label)) ?? -1];
      if (other !== undefined) throw duplicateLabel(label, other, revision);
      labels.set(label, revision);
    }
  }
  return labels;
}

/** Neighbours are kept by a revision's place, because finding ten thousand objects by identity is slow. */
function linkAll(
  revisions: readonly Revision[],
  places: ReadonlyMap<string, number>,
  labels: ReadonlyMap<string, Revision>,
): Links & {
  /** Whether every revision stands behind what it builds on. */
  readonly inOrder: boolean;
} {
  const lost: LostName[] = [];
  let inOrder = true;
  const placeOf = (revision: Revision): number => places.get(idKey(revision.id)) ?? -1;
  const parents: Lists = new Array(revisions.length);
  const children: Lists = new Array(revisions.length);
  for (const [place, revision] of revisions.entries()) {
    for (const name of revision.parents) {
      const at = places.get(idKey(name)) ?? -1;
      const parent = revisions[at];
      if (parent === undefined) lost.push({ revision, name, as: "parent" });
      else if (parents[place]?.includes(parent) !== true) {
        add(parents, place, parent);
        add(children, at, revision);
        inOrder &&= at < place;
      }
    }
  }
  const named = (name: string, by: Revision): Revision | undefined =>
    labels.get(name) ?? revisions[places.get(idKey(name)) ?? -1] ?? onlyBeginning(name, revisions, by);
  const { needed, needing } = linkDependencies(revisions, { named, placeOf, parents, lost });
  if (lost.length > 0) throw missingParents(lost);
  return {
    inOrder: inOrder && needed.size === 0,
    parents: (revision) => parents[placeOf(revision)] ?? none,
    children: (revision) => children[placeOf(revision)] ?? none,
    requirements: joined(placeOf, parents, needed),
    dependants: joined(placeOf, children, needing),
  };
}

/** Few revisions have dependencies, so what these add is kept beside the rest. */
function linkDependencies(
  revisions: readonly Revision[],
  graph: {
    readonly named: (name: string, by: Revision) => Revision | undefined;
    readonly placeOf: (revision: Revision) => number;
    readonly parents: Lists;
    readonly lost: LostName[];
  },
): {
  readonly needed: ReadonlyMap<number, readonly Revision[]>;
  readonly needing: ReadonlyMap<number, readonly Revision[]>;
} {
  const { named, placeOf, parents, lost } = graph;
  const needed = new Map<number, readonly Revision[]>();
  const needing = new Map<number, readonly Revision[]>();
  for (const [place, revision] of revisions.entries()) {
    for (const name of revision.dependsOn) {
      const found = named(name, revision);
      if (found === undefined) lost.push({ revision, name, as: "dependency" });
      else if (![...(parents[place] ?? none), ...(needed.get(place) ?? none)].includes(found)) {
        needed.set(place, [...(needed.get(place) ?? none), found]);
        needing.set(placeOf(found), [...(needing.get(placeOf(found)) ?? none), revision]);
      }
    }
  }
  return { needed, needing };
}

const none: readonly Revision[] = [];

type Lists = (Revision[] | undefined)[];

function add(lists: Lists, place: number, value: Revision): void {
  const list = lists[place];
  if (list === undefined) lists[place] = [value];
  else list.push(value);
}

function joined(
  placeOf: (revision: Revision) => number,
  lists: Lists,
  more: ReadonlyMap<number, readonly Revision[]>,
): Neighbours {
  if (more.size === 0) return (revision) => lists[placeOf(revision)] ?? none;
  const both = new Map<number, readonly Revision[]>();
  for (const [place, list] of more) both.set(place, [...(lists[place] ?? none), ...list]);
  return (revision) => {
    const place = placeOf(revision);
    return both.get(place) ?? lists[place] ?? none;
  };
}

function onlyBeginning(name: string, revisions: readonly Revision[], of: Revision): Revision | undefined {
  const found = revisions.filter((revision) => revision.id.startsWith(name));
  if (found.length > 1) throw unclearDependency(of, name, found);
  return found[0];
}

function cycleError(cycle: readonly Revision[], graph: Pick<History, "parents">): KeelsonError {
  const ids = cycle.map((revision) => revision.id);
  const files = cycle.map((revision) => revision.file);
  const next = (index: number): Revision | undefined => cycle[(index + 1) % cycle.length];
  const byParents = cycle.every((revision, index) => graph.parents(revision).some((parent) => parent === next(index)));
  const what = byParents ? "are each other's parents" : "need each other (parents and depends-on)";
  const message =
    ids.length === 1
      ? `${files[0]} names itself as its ${byParents ? "parent" : "dependency"} (${ids[0]}).`
      : `Revisions ${what} in a circle: ${[...ids, ids[0]].join(" -> ")}.`;
  return new KeelsonError("history.cycle", message, {
    hint: `Correct the header of one of: ${[...new Set(files)].join(", ")}`,
    details: { ids, files, throughDependency: !byParents },
  });
}
