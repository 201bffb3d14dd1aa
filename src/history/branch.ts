import { type History, reach } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** The revisions with everything that must be applied before them, to the bases. */
export function withAncestors(history: History, revisions: Iterable<Revision>): Set<Revision> {
  return reach(revisions, history.requirements);
}

/** The revisions with everything that must be reverted before them, to the heads. */
export function withDescendants(history: History, revisions: Iterable<Revision>): Set<Revision> {
  return reach(revisions, history.dependants);
}

/** The branch that a revision stands for: itself, its ancestors and its descendants, dependencies left out. */
export function lineageOf(history: History, revision: Revision): Set<Revision> {
  const found = reach([revision], history.parents);
  for (const above of reach([revision], history.children)) found.add(above);
  return found;
}

/**
 * The revisions that carry a label or inherit it: the labelled one, all its descendants, and its ancestors as far as
 * they belong to no other branch, that is up to a branch point or a merge.
 */
export function membersOf(history: History, label: string): readonly Revision[] {
  const labelled = history.labels.get(label);
  if (labelled === undefined) return [];
  const members = reach([labelled], history.children);
  for (let revision = labelled; !isFork(history, revision); ) {
    members.add(revision);
    const [parent] = history.parents(revision);
    if (parent === undefined) break;
    revision = parent;
  }
  return history.revisions.filter((revision) => members.has(revision));
}

function isFork(history: History, revision: Revision): boolean {
  return history.parents(revision).length > 1 || history.dependants(revision).length > 1;
}
