import { KeelsonError } from "../errors.ts";
import { describe } from "./find-revision.ts";
import { type History, reach } from "./graph.ts";
import { resolveTarget } from "./resolve-target.ts";
import type { Revision } from "./revision.ts";
import { parseTarget } from "./target-text.ts";

/** The parents of a revision that joins what the targets stand for: two or more, none of them an ancestor of another. */
export function mergeParents(history: History, targets: readonly string[]): readonly string[] {
  const joined = new Set<Revision>();
  for (const target of targets) {
    for (const revision of resolveTarget(history, parseTarget(target), new Set()).revisions) joined.add(revision);
  }
  if (joined.size < 2) throw nothingToMerge(history, [...joined]);
  for (const upper of joined) {
    const line = reach([upper], history.parents);
    for (const lower of joined) if (lower !== upper && line.has(lower)) throw alreadyJoined(lower, upper);
  }
  return [...joined].map((revision) => revision.id);
}

function nothingToMerge(history: History, [only]: readonly Revision[]): KeelsonError {
  const heads = history.heads.map((head) => head.id);
  const what = only === undefined ? "There is nothing to merge" : `${describe(only)} alone can't be merged`;
  const count = heads.length === 1 ? "one head" : `${heads.length} heads`;
  return new KeelsonError(
    "usage.invalid",
    `${what}: a merge joins two revisions or more. The history has ${count}. Nothing was written.`,
    {
      hint: heads.length > 1 ? `keelson merge ${heads.join(" ")}` : "While there is one head, nothing needs merging.",
      details: { heads },
    },
  );
}

function alreadyJoined(lower: Revision, upper: Revision): KeelsonError {
  return new KeelsonError(
    "target.overlap",
    `${describe(upper)} already builds on ${describe(lower)}, so there is nothing to join. Nothing was written.`,
    { hint: `Leave ${lower.id} out.`, details: { revisions: [lower.id, upper.id] } },
  );
}
