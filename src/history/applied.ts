import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** The applied revisions that no applied revision builds on, oldest first: where a database is. */
export function currentRevisions(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  return history.revisions.filter(
    (revision) =>
      applied.has(revision.id) && !history.dependants(revision).some((dependant) => applied.has(dependant.id)),
  );
}

/** Revisions that are not applied although something that builds on them is, oldest first. */
export function outOfOrder(history: History, applied: ReadonlySet<string>): readonly Revision[] {
  const needed = new Set<Revision>();
  const late: Revision[] = [];
  // Newest first, so that every dependant is judged before what it builds on.
  for (const revision of history.revisions.toReversed()) {
    const isApplied = applied.has(revision.id);
    if (!isApplied && !needed.has(revision)) continue;
    if (!isApplied) late.push(revision);
    for (const requirement of history.requirements(revision)) needed.add(requirement);
  }
  return late.reverse();
}
