import type { History } from "../history/graph.ts";
import { resolveRevisions } from "../history/target.ts";

/** The ids that a new revision builds on: the only head unless told; `history.several-heads` where there are more. */
export function newParents(history: History, targets: readonly string[] = ["head"]): readonly string[] {
  const none = new Set<string>();
  return [...new Set(targets.flatMap((target) => resolveRevisions(history, target, none).map(({ id }) => id)))];
}
