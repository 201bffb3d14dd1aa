import { KeelsonError } from "../errors.ts";
import { findCycle } from "./cycle.ts";
import { duplicateId, duplicateLabel, type LostName, missingParents, unclearDependency } from "./graph-problems.ts";
import { topologicalOrder } from "./order.ts";
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
  const byId = indexIds(revisions);
  const labels = indexLabels(revisions, byId);
  const graph = linkAll(revisions, byId, labels);
  const ordered = topologicalOrder(revisions, graph);
  if (ordered === null) throw cycleError(findCycle(revisions, graph), graph);
  return {
    ...graph,
    revisions: ordered,
    heads: ordered.filter((revision) => graph.children(revision).length === 0),
    bases: ordered.filter((revision) => graph.parents(revision).length === 0),
    labels,
    get: (id) => {
      const found = byId.get(idKey(id));
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

function indexIds(revisions: readonly Revision[]): Map<string, Revision> {
  const byId = new Map<string, Revision>();
  for (const revision of revisions) {
    const key = idKey(revision.id);
    const other = byId.get(key);
    if (other !== undefined) throw duplicateId(other, revision);
    byId.set(key, revision);
  }
  return byId;
}

function indexLabels(revisions: readonly Revision[], byId: ReadonlyMap<string, Revision>): Map<string, Revision> {
  const labels = new Map<string, Revision>();
  for (const revision of revisions) {
    for (const label of revision.labels) {
      const other = labels.get(label) ?? byId.get(idKey(label));
      if (other !== undefined) throw duplicateLabel(label, other, revision);
      labels.set(label, revision);
    }
  }
  return labels;
}

function linkAll(
  revisions: readonly Revision[],
  byId: ReadonlyMap<string, Revision>,
  labels: ReadonlyMap<string, Revision>,
): Links {
  const lost: LostName[] = [];
  const parents = new Map<Revision, Revision[]>();
  const children = new Map<Revision, Revision[]>();
  // Few revisions have dependencies, so what these add is kept beside the rest.
  const needed = new Map<Revision, Revision[]>();
  const needing = new Map<Revision, Revision[]>();
  for (const revision of revisions) {
    for (const name of revision.parents) {
      const parent = byId.get(idKey(name));
      if (parent === undefined) lost.push({ revision, name, as: "parent" });
      else if (addOnce(parents, revision, parent)) add(children, parent, revision);
    }
    for (const name of revision.dependsOn) {
      const found = labels.get(name) ?? byId.get(idKey(name)) ?? onlyBeginning(name, revisions, revision);
      if (found === undefined) lost.push({ revision, name, as: "dependency" });
      else if (!parents.get(revision)?.includes(found) && addOnce(needed, revision, found))
        add(needing, found, revision);
    }
  }
  if (lost.length > 0) throw missingParents(lost);
  return {
    parents: (revision) => parents.get(revision) ?? none,
    children: (revision) => children.get(revision) ?? none,
    requirements: joined(parents, needed),
    dependants: joined(children, needing),
  };
}

const none: readonly Revision[] = [];

/** Lists of what one header names are short, so looking through them costs nothing. */
function addOnce(lists: Map<Revision, Revision[]>, key: Revision, value: Revision): boolean {
  if (lists.get(key)?.includes(value)) return false;
  add(lists, key, value);
  return true;
}

function add(lists: Map<Revision, Revision[]>, key: Revision, value: Revision): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function joined(lists: ReadonlyMap<Revision, Revision[]>, more: ReadonlyMap<Revision, Revision[]>): Neighbours {
  const both = new Map<Revision, readonly Revision[]>();
  for (const [revision, list] of more) both.set(revision, [...(lists.get(revision) ?? none), ...list]);
  return (revision) => both.get(revision) ?? lists.get(revision) ?? none;
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
