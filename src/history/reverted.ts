import { KeelsonError } from "../errors.ts";
import { withDescendants } from "./branch.ts";
import { describeAll, findBranch } from "./find-revision.ts";
import type { History } from "./graph.ts";
import { type Resolved, resolveTarget, startOfSteps } from "./resolve-target.ts";
import type { Revision } from "./revision.ts";
import type { TargetText } from "./target-text.ts";
import { lastStepDown } from "./walk.ts";

/** Whether a target is a number of steps from where the database is. */
export function isSteps(target: TargetText, direction: "up" | "down"): boolean {
  const steps = target.name === null ? (target.steps ?? 0) : 0;
  return direction === "up" ? steps > 0 : steps < 0;
}

/** Whether a target means that nothing is applied, on its branch if it names one. */
export function isBase(target: TargetText): boolean {
  return target.name === "base" && target.steps === null;
}

/** Whether a resolved target is the base; no revision can also mean the head of an empty history. */
export function leadsToBase({ revisions, target }: Resolved): boolean {
  return revisions.length === 0 && (isBase(target) || target.steps !== null);
}

/** What steps down from where the database is revert: the last revision passed, and all that builds on it. */
export function revertedBySteps(history: History, applied: ReadonlySet<string>, target: TargetText): Set<Revision> {
  const branch = target.branch === null ? null : findBranch(history, target.branch);
  const from = startOfSteps(history, target, branch, applied);
  const steps = -(target.steps ?? 0);
  return withDescendants(history, [lastStepDown({ history, from, branch, steps, target: target.text })]);
}

/** Everything above the revisions of a target, on its branch where it names one. */
export function above(history: History, resolved: Resolved): Set<Revision> {
  const { revisions, branch } = resolved;
  const next = leadsToBase(resolved) ? history.bases : revisions.flatMap(history.children);
  return withDescendants(history, branch === null ? next : next.filter((revision) => branch.members.has(revision)));
}

/** Resolves a target that a downgrade can stop at: all of its revisions are applied. */
export function resolveApplied(history: History, target: TargetText, applied: ReadonlySet<string>): Resolved {
  const resolved = resolveTarget(history, target, applied);
  const missing = resolved.revisions.filter((revision) => !applied.has(revision.id));
  if (missing.length === 0) return resolved;
  const ids = missing.map((revision) => revision.id);
  const [is, it] = ids.length === 1 ? ["is", "it"] : ["are", "them"];
  throw new KeelsonError(
    "target.not-reachable",
    `${describeAll(missing)} ${is} not applied, so there is no way down to ${it}. Nothing was run.`,
    { hint: `keelson upgrade ${ids.join(" ")}`, details: { revisions: ids } },
  );
}
