import { KeelsonError } from "../errors.ts";
import { currentRevisions } from "./applied.ts";
import { withAncestors } from "./branch.ts";
import { type Branch, describe, describeAll, findBranch, findRevision } from "./find-revision.ts";
import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";
import type { TargetText } from "./target-text.ts";
import { type Place, walkDown, walkUp } from "./walk.ts";

/** Where a target leads: revisions, or none of them for `base` and for the head of an empty history. */
export interface Resolved {
  readonly revisions: readonly Revision[];
  readonly branch: Branch | null;
  readonly target: TargetText;
}

/** Finds what a target stands for. Steps without a name are counted from what is applied. */
export function resolveTarget(history: History, target: TargetText, applied: ReadonlySet<string>): Resolved {
  const branch = target.branch === null ? null : findBranch(history, target.branch);
  const { name, steps } = target;
  const named = name === null ? null : namedRevisions(history, target, branch, applied);
  if (steps === null) return { revisions: named ?? [], branch, target };
  const from = named === null ? startOfSteps(history, target, branch, applied) : onlyPlace(named, target);
  const walk = { history, from, branch, target: target.text, steps: Math.abs(steps) };
  const place = steps > 0 ? walkUp(walk) : walkDown(walk);
  return { revisions: place === "base" ? [] : [place], branch, target };
}

/** The one place that steps from what is applied are counted from. */
export function startOfSteps(
  history: History,
  target: TargetText,
  branch: Branch | null,
  applied: ReadonlySet<string>,
): Place {
  const current = currentRevisions(history, applied);
  return onlyPlace(branch === null ? current : startsOnBranch(history, target, branch, applied), target);
}

/**
 * Where steps on a branch begin: at its current revisions, or at those that only dependants keep from being current. Up,
 * also at the newest that the branch shares with others; not down, which would revert the other branch too.
 */
function startsOnBranch(
  history: History,
  target: TargetText,
  branch: Branch,
  applied: ReadonlySet<string>,
): readonly Revision[] {
  const isMember = (revision: Revision): boolean => branch.members.has(revision);
  const isApplied = (revision: Revision): boolean => applied.has(revision.id);
  const current = currentRevisions(history, applied).filter(isMember);
  if (current.length > 0) return current;
  const members = history.revisions.filter((revision) => isMember(revision) && isApplied(revision));
  const isUp = (target.steps ?? 0) > 0;
  return members.filter(
    (one) => !history.children(one).some((child) => isApplied(child) && (!isUp || isMember(child))),
  );
}

function namedRevisions(
  history: History,
  target: TargetText,
  branch: Branch | null,
  applied: ReadonlySet<string>,
): readonly Revision[] {
  const isMember = (revision: Revision): boolean => branch?.members.has(revision) ?? true;
  switch (target.name) {
    case "base":
      return [];
    case "heads":
      return history.heads.filter(isMember);
    case "head": {
      const heads = history.heads.filter(isMember);
      if (heads.length > 1) throw severalHeads(target, heads);
      return heads;
    }
    case "current":
      return currentRevisions(history, applied).filter(isMember);
    default:
      return [findRevision(history, target.name ?? "", branch)];
  }
}

function onlyPlace(revisions: readonly Revision[], target: TargetText): Place {
  if (revisions.length > 1) throw severalStarts(target, revisions);
  return revisions[0] ?? "base";
}

/** Refuses targets of which one lies below another: only the upper one would count. Equal ones are one. */
export function refuseOverlap(history: History, targets: readonly Resolved[]): void {
  if (targets.length < 2) return;
  for (const upper of targets) {
    const own = new Set(upper.revisions);
    const below = withAncestors(history, own);
    for (const lower of targets) {
      const inside = lower.revisions.find((revision) => below.has(revision) && !own.has(revision));
      if (inside !== undefined && lower !== upper) throw overlap(inside, lower, upper);
    }
  }
}

function severalHeads(target: TargetText, heads: readonly Revision[]): KeelsonError {
  const all = target.branch === null ? "heads" : `${target.branch}@heads`;
  return new KeelsonError(
    "history.several-heads",
    `"${target.text}" could be any of the ${heads.length} heads of the history: ${describeAll(heads)}.`,
    {
      hint: `Join them (keelson merge), name one of them, or go to all of them (${all}).`,
      details: { target: target.text, heads: heads.map((revision) => revision.id) },
    },
  );
}

function severalStarts(target: TargetText, starts: readonly Revision[]): KeelsonError {
  const sign = (target.steps ?? 0) > 0 ? "+" : "";
  return new KeelsonError(
    "target.ambiguous",
    `"${target.text}" could be counted from ${starts.length} revisions: ${describeAll(starts)}.`,
    {
      hint: `Say on which branch, by label or by id: ${starts[0]?.id ?? "label"}@${sign}${target.steps ?? -1}`,
      details: { target: target.text, candidates: starts.map((revision) => revision.id) },
    },
  );
}

function overlap(revision: Revision, lower: Resolved, upper: Resolved): KeelsonError {
  return new KeelsonError(
    "target.overlap",
    `The targets ${lower.target.text} and ${upper.target.text} overlap: ${describe(revision)} is needed by the other one.`,
    {
      hint: "Leave one of the two out.",
      details: { targets: [lower.target.text, upper.target.text], revision: revision.id },
    },
  );
}
