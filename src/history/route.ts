import { currentRevisions } from "./applied.ts";
import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** The way from what is applied to a target. */
export interface Route {
  /** `none` when the target is reached already. */
  readonly direction: "up" | "down" | "none";
  /** In the order to run them: parents and dependencies first on the way up, last on the way down. */
  readonly steps: readonly Revision[];
  /** The targets as they were given. */
  readonly target: string;
  /** The ids that will stand at the top of what is applied. */
  readonly heads: readonly string[];
}

/** A route that applies, or reverts, exactly these revisions. */
export function makeRoute(
  history: History,
  applied: ReadonlySet<string>,
  options: { readonly direction: "up" | "down"; readonly revisions: ReadonlySet<Revision>; readonly target: string },
): Route {
  const { direction, revisions, target } = options;
  const steps = revisions.size === 0 ? [] : history.revisions.filter((revision) => revisions.has(revision));
  return {
    direction: steps.length === 0 ? "none" : direction,
    steps: direction === "up" ? steps : steps.toReversed(),
    target,
    heads: currentRevisions(history, appliedAfter(applied, steps, direction)).map((revision) => revision.id),
  };
}

function appliedAfter(
  applied: ReadonlySet<string>,
  steps: readonly Revision[],
  direction: "up" | "down",
): ReadonlySet<string> {
  if (steps.length === 0) return applied;
  const after = new Set(applied);
  for (const { id } of steps) {
    if (direction === "up") after.add(id);
    else after.delete(id);
  }
  return after;
}
