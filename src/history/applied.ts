import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/**
 * Where a database is: the applied revisions that nothing applied builds on, neither as descendant nor as dependant.
 * They are those that may be reverted next. Applied ids that the history lacks are left out.
 */
export function currentRevisions(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  const needed = neededRevisions(history, applied);
  return history.revisions.filter((revision) => applied.has(revision.id) && !needed.has(revision));
}

/** Revisions that are not applied although something that builds on them is, in the order to apply them. */
export function outOfOrder(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  const needed = neededRevisions(history, applied);
  return history.revisions.filter((revision) => needed.has(revision) && !applied.has(revision.id));
}

/** What the applied revisions build on, also across revisions that are not applied themselves. */
function neededRevisions(history: History, applied: ReadonlySet<string>): ReadonlySet<Revision> {
  const needed = new Set<Revision>();
  const { revisions } = history;
  // Newest first, so that every dependant is judged before what it builds on.
  for (let index = revisions.length - 1; index >= 0; index--) {
    const revision = revisions[index];
    if (revision === undefined || !(applied.has(revision.id) || needed.has(revision))) continue;
    for (const requirement of history.requirements(revision)) needed.add(requirement);
  }
  return needed;
}
