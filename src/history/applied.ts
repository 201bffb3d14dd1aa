import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/**
 * Where a database is: the applied revisions that nothing applied builds on, neither as descendant nor as dependant.
 * They are those that may be reverted next. Applied ids that the history lacks are left out.
 */
export function currentRevisions(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  // Nearly every run of a life finds everything applied.
  if (isComplete(history, applied)) return history.revisions.filter((one) => history.dependants(one).length === 0);
  const needed = neededRevisions(history, applied);
  return history.revisions.filter((revision) => applied.has(revision.id) && !needed.has(revision.id));
}

/** Revisions that are not applied although something that builds on them is, in the order to apply them. */
export function outOfOrder(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  if (isComplete(history, applied)) return [];
  const needed = neededRevisions(history, applied);
  return history.revisions.filter((revision) => needed.has(revision.id) && !applied.has(revision.id));
}

/** Whether every revision of the history is applied. */
export function isComplete(history: History, applied: ReadonlySet<string>): boolean {
  return applied.size >= history.revisions.length && history.revisions.every(({ id }) => applied.has(id));
}

/** What was asked for last of each history: a verb asks the same several times. Sets of applied ids never change once made. */
const lastAsked = new WeakMap<
  History,
  { readonly applied: ReadonlySet<string>; readonly needed: ReadonlySet<string> }
>();

function neededRevisions(history: History, applied: ReadonlySet<string>): ReadonlySet<string> {
  const last = lastAsked.get(history);
  if (last?.applied === applied) return last.needed;
  const needed = findNeeded(history, applied);
  lastAsked.set(history, { applied, needed });
  return needed;
}

/** The ids of what the applied revisions build on, also across revisions that are not applied themselves. */
function findNeeded(history: History, applied: ReadonlySet<string>): ReadonlySet<string> {
  const needed = new Set<string>();
  const { revisions } = history;
  // Newest first, so that every dependant is judged before what it builds on.
  for (let index = revisions.length - 1; index >= 0; index--) {
    const revision = revisions[index];
    if (revision === undefined || !(applied.has(revision.id) || needed.has(revision.id))) continue;
    for (const requirement of history.requirements(revision)) needed.add(requirement.id);
  }
  return needed;
}
