import { KeelsonError } from "../errors.ts";
import { isComplete } from "./applied.ts";
import { withAncestors } from "./branch.ts";
import { describe } from "./find-revision.ts";
import type { History } from "./graph.ts";
import { type Resolved, refuseOverlap, resolveTarget } from "./resolve-target.ts";
import { above, isBase, isSteps, leadsToBase, resolveApplied, revertedBySteps } from "./reverted.ts";
import type { Revision } from "./revision.ts";
import { makeRoute, type Route } from "./route.ts";
import { parseTarget, type TargetText } from "./target-text.ts";

/** The revisions to apply, in order, so that the targets are applied with everything they need. */
export function planUpgrade(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  const wanted = parseAll(targets).map((target) => {
    const resolved = isSteps(target, "down") ? null : resolveTarget(history, target, applied);
    if (resolved === null || leadsToBase(resolved)) throw wrongWay(target, "upgrade", "downgrade");
    return resolved;
  });
  return upRoute(history, applied, wanted);
}

/**
 * The revisions to revert, in order, so that nothing above the targets is left; branches that don't pass through a
 * target stay. `base` reverts everything, `label@base` all that is above the base of that branch. Steps are counted
 * from where the database is: one step down from a merge leaves both of its parents.
 */
export function planDowngrade(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  return downRoute(history, applied, parseAll(targets));
}

/** The way to the targets, whichever direction it has: up if any of them is not applied, else down. */
export function planMigrate(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  const parsed = parseAll(targets);
  const isDown = (target: TargetText): boolean => isBase(target) || isSteps(target, "down");
  if (parsed.every(isDown)) return downRoute(history, applied, parsed);
  const down = parsed.find(isDown);
  if (down !== undefined) throw bothWays(down, parsed);
  const resolved = parsed.map((target) => resolveTarget(history, target, applied));
  const isUp = resolved.some(({ revisions }) => revisions.some((revision) => !applied.has(revision.id)));
  return isUp ? upRoute(history, applied, resolved) : downRoute(history, applied, parsed);
}

/** The revisions that a target stands for; none for `base`. Steps without a name are counted from what is applied. */
export function resolveRevisions(
  history: History,
  target: string,
  applied: ReadonlySet<string> = new Set(),
): readonly Revision[] {
  return resolveTarget(history, parseTarget(target), applied).revisions;
}

/** What a ledger would hold after a stamp, and how it gets there; lists are in the order to apply, `remove` reversed. */
export interface Stamp {
  readonly applied: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * What the ledger must gain and lose to stand at the targets, as if upgrades and downgrades had gone there; other
 * branches stay. With `purge` it holds nothing else afterwards, also no id that the history lacks; so with `base` alone.
 */
export function planStamp(
  history: History,
  applied: ReadonlySet<string>,
  targets: readonly string[],
  options: { readonly purge: boolean },
): Stamp {
  const parsed = parseAll(targets);
  const { reached, left } = stampedRevisions(history, applied, parsed);
  const purge = options.purge || parsed.every((target) => isBase(target) && target.branch === null);
  const isKept = (id: string): boolean => {
    const revision = history.get(id);
    if (revision === undefined) return !purge;
    return reached.has(revision) || (!purge && !left.has(revision));
  };
  const added = history.revisions.filter((revision) => reached.has(revision)).map((revision) => revision.id);
  const known = history.revisions.map((revision) => revision.id).filter((id) => applied.has(id));
  const inOrder = [...known, ...[...applied].filter((id) => history.get(id) === undefined)];
  return {
    applied: [...new Set([...inOrder.filter(isKept), ...added])],
    add: added.filter((id) => !applied.has(id)),
    remove: inOrder.filter((id) => !isKept(id)).toReversed(),
  };
}

/** What must be recorded for a ledger to stand at the targets, and what must not. */
function stampedRevisions(
  history: History,
  applied: ReadonlySet<string>,
  targets: readonly TargetText[],
): { readonly reached: ReadonlySet<Revision>; readonly left: ReadonlySet<Revision> } {
  const resolved: Resolved[] = [];
  const wanted: (readonly Revision[])[] = [];
  const left = new Set<Revision>();
  for (const target of targets) {
    const stepsDown = isSteps(target, "down");
    const one = stepsDown ? null : resolveTarget(history, target, applied);
    if (one !== null) resolved.push(one);
    const gone = one === null ? revertedBySteps(history, applied, target) : above(history, one);
    for (const revision of gone) left.add(revision);
    const stays = (revision: Revision): boolean => applied.has(revision.id) && !gone.has(revision);
    wanted.push(one === null ? history.revisions.filter(stays) : one.revisions);
  }
  refuseOverlap(history, resolved);
  return { reached: withAncestors(history, wanted.flat()), left };
}

/** A stretch of the history. */
export interface Range extends Route {
  /** The ids that are applied where it starts, in the order to apply. */
  readonly startsFrom: readonly string[];
}

/**
 * The stretch `from:to`, of targets in the files alone: what is applied at `from` is `from` with everything it needs.
 * `:to` starts from nothing, `from:` ends at the head. One of the two must lie within the other.
 */
export function resolveRange(history: History, range: string, applied: ReadonlySet<string> = new Set()): Range {
  const parts = range.split(":");
  if (parts.length > 2 || range.trim() === "") throw notARange(range);
  const [from, to] = parts.length === 1 ? ["base", range] : [parts[0] || "base", parts[1] || "head"];
  const start = withAncestors(history, resolveTarget(history, parseTarget(from), applied).revisions);
  const startsFrom = history.revisions.filter((revision) => start.has(revision)).map((revision) => revision.id);
  const reached = new Set(startsFrom);
  const end = withAncestors(history, resolveTarget(history, parseTarget(to), reached).revisions);
  const up = difference(end, start);
  const down = difference(start, end);
  if (up.size > 0 && down.size > 0) throw notInLine(range, up, down);
  const [direction, revisions] = down.size > 0 ? (["down", down] as const) : (["up", up] as const);
  return { ...makeRoute(history, reached, { direction, revisions, target: range }), startsFrom };
}

function parseAll(targets: readonly string[]): readonly TargetText[] {
  if (targets.length > 0) return targets.map(parseTarget);
  throw new KeelsonError("target.invalid", "No target was given.", { hint: "head is the end of the history." });
}

function upRoute(history: History, applied: ReadonlySet<string>, wanted: readonly Resolved[]): Route {
  refuseOverlap(history, wanted);
  // Nearly every run of a life finds everything applied, whatever its target builds on.
  const needed = isComplete(history, applied)
    ? []
    : withAncestors(
        history,
        wanted.flatMap((one) => one.revisions),
      );
  const revisions = new Set([...needed].filter((revision) => !applied.has(revision.id)));
  const target = targetName(wanted.map((one) => one.target));
  return makeRoute(history, applied, { direction: "up", revisions, target });
}

function downRoute(history: History, applied: ReadonlySet<string>, targets: readonly TargetText[]): Route {
  const absolute: Resolved[] = [];
  const reverted = targets.map((target) => {
    if (isSteps(target, "up")) throw wrongWay(target, "downgrade", "upgrade");
    if (isSteps(target, "down")) return revertedBySteps(history, applied, target);
    const resolved = resolveApplied(history, target, applied);
    absolute.push(resolved);
    return above(history, resolved);
  });
  refuseOverlap(history, absolute);
  const revisions = new Set(reverted.flatMap((set) => [...set].filter((revision) => applied.has(revision.id))));
  return makeRoute(history, applied, { direction: "down", revisions, target: targetName(targets) });
}

function difference(set: ReadonlySet<Revision>, without: ReadonlySet<Revision>): Set<Revision> {
  return new Set([...set].filter((revision) => !without.has(revision)));
}

function targetName(targets: readonly TargetText[]): string {
  return targets.map((target) => target.text).join(" ");
}

function wrongWay(target: TargetText, verb: string, other: string): KeelsonError {
  return new KeelsonError(
    "target.not-reachable",
    `"${target.text}" does not lie on the way of ${verb}. Nothing was run.`,
    { hint: `keelson ${other} ${target.text}`, details: { target: target.text } },
  );
}

function bothWays(target: TargetText, targets: readonly TargetText[]): KeelsonError {
  return new KeelsonError(
    "target.not-reachable",
    `A run goes up or down: of ${targetName(targets)}, only "${target.text}" goes down. Nothing was run.`,
    {
      hint: "Run keelson downgrade and keelson upgrade one after the other.",
      details: { targets: targets.map(({ text }) => text) },
    },
  );
}

function notARange(range: string): KeelsonError {
  return new KeelsonError("target.invalid", `"${range}" is not a range.`, {
    hint: "A range is from:to, such as base:head, 3f2a9c1b0d4e:head or head:base.",
    details: { target: range },
  });
}

function notInLine(range: string, up: ReadonlySet<Revision>, down: ReadonlySet<Revision>): KeelsonError {
  const name = ([first]: Iterable<Revision>): string => (first === undefined ? "" : describe(first));
  return new KeelsonError(
    "target.not-reachable",
    `The ends of ${range} are on different branches: the first has ${name(down)}, the second ${name(up)}.`,
    { hint: "Write two ranges: down to where the branches part, and up from there.", details: { target: range } },
  );
}
