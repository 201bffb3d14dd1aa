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
