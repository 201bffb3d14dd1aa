import { KeelsonError } from "../errors.ts";
import { type History, reach } from "./graph.ts";
import { resolveRevisions } from "./target.ts";

/** The ids that a merge of these targets joins; refuses fewer than two, and one that builds on another. */
export function mergeParents(history: History, targets: readonly string[]): readonly string[] {
  const none = new Set<string>();
  const revisions = [...new Set(targets.flatMap((target) => resolveRevisions(history, target, none)))];
  if (revisions.length < 2) {
    throw new KeelsonError("usage.invalid", `There is nothing to merge: ${targets.join(" ")} is ${revisions.length === 0 ? "no revision" : "one revision"}. Nothing was written.`, {
      hint: "keelson heads lists the heads; a merge joins two or more.",
      details: { revisions: revisions.map((revision) => revision.id) },
    });
  }
  for (const revision of revisions) {
    const below = reach(history.parents(revision), (r) => history.parents(r));
    const other = revisions.find((candidate) => below.has(candidate));
    if (other !== undefined) {
      throw new KeelsonError("target.overlap", `${revision.id} already builds on ${other.id}. Nothing was written.`, {
        hint: "Merge heads: keelson heads",
        details: { revisions: [revision.id, other.id] },
      });
    }
  }
  return revisions.map((revision) => revision.id);
}
