import type { Revision } from "./revision.ts";

type Neighbours = (revision: Revision) => readonly Revision[];

/**
 * One cycle of a graph that has any, each revision needing the next and the last needing the first. A cycle through
 * parents alone is preferred, because it is the one to correct first.
 */
export function findCycle(
  revisions: readonly Revision[],
  graph: {
    readonly parents: Neighbours;
    readonly children: Neighbours;
    readonly requirements: Neighbours;
    readonly dependants: Neighbours;
  },
): readonly Revision[] {
  return (
    cycleAlong(revisions, graph.parents, graph.children) ??
    cycleAlong(revisions, graph.requirements, graph.dependants) ??
    []
  );
}

function cycleAlong(revisions: readonly Revision[], down: Neighbours, up: Neighbours): readonly Revision[] | null {
  const open = new Map<Revision, number>();
  const ready: Revision[] = [];
  for (const revision of revisions) {
    const count = down(revision).length;
    if (count === 0) ready.push(revision);
    else open.set(revision, count);
  }
  for (let revision = ready.pop(); revision !== undefined; revision = ready.pop()) {
    for (const next of up(revision)) {
      const left = (open.get(next) ?? 0) - 1;
      open.set(next, left);
      if (left > 0) continue;
      open.delete(next);
      ready.push(next);
    }
  }
  // What is left needs something that is left, so following needs must come back to where it was.
  const walked = new Map<Revision, number>();
  const path: Revision[] = [];
  let at = open.keys().next().value;
  while (at !== undefined && !walked.has(at)) {
    walked.set(at, path.length);
    path.push(at);
    at = down(at).find((next) => open.has(next));
  }
  return at === undefined ? null : path.slice(walked.get(at));
}
