import { KeelsonError } from "../errors.ts";
import { currentRevisions } from "./applied.ts";
import { type History, reach } from "./graph.ts";
import {
  branchMembers,
  headsWithin,
  isKnownName,
  lineageOf,
  nameWithMessage,
  onlyCurrent,
  onlyHead,
  resolveName,
  tooFar,
  walk,
} from "./resolve-name.ts";
import type { Revision } from "./revision.ts";
import { noRoute, type Range, type Route, type StampRoute } from "./route.ts";
import { parseTargetName, type TargetName } from "./target-name.ts";

/** The revisions a target means; empty for `base`. Steps without a name count from what is applied. */
export function resolveRevisions(history: History, text: string, applied: ReadonlySet<string>): readonly Revision[] {
  return resolve(history, nameOf(history, text), applied);
}

/** What to apply, oldest first, so that every target and all it builds on is applied. */
export function planUpgrade(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  const names = targets.map((text) => nameOf(history, text));
  for (const name of names) {
    if (name.symbol === "base") {
      throw new KeelsonError("target.not-reachable", `${name.text} lies below everything: upgrade does not go there.`, {
        hint: "keelson downgrade base",
        details: { target: name.text },
      });
    }
  }
  const goals = names.map((name) => resolve(history, name, applied));
  refuseOverlap(history, names, goals);
  const needed = reach(goals.flat(), (revision) => history.requirements(revision));
  const steps = history.revisions.filter((revision) => needed.has(revision) && !applied.has(revision.id));
  return steps.length === 0 ? noRoute : { direction: "up", steps };
}

/** What to revert, newest first, so that nothing above the target is applied; what depends on it goes with it. */
export function planDowngrade(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  const drop = new Set<Revision>();
  for (const text of targets) {
    for (const revision of revisionsToDrop(history, nameOf(history, text), applied)) drop.add(revision);
  }
  const steps = history.revisions.filter((revision) => drop.has(revision) && applied.has(revision.id)).toReversed();
  return steps.length === 0 ? noRoute : { direction: "down", steps };
}

/** Up when a target is not applied, down when all are. */
export function planMigrate(history: History, applied: ReadonlySet<string>, targets: readonly string[]): Route {
  const names = targets.map((text) => nameOf(history, text));
  const down = names.every((name) => liesBelow(history, name, applied));
  return down ? planDowngrade(history, applied, targets) : planUpgrade(history, applied, targets);
}

/** What the ledger would hold if the database stood at the targets. */
export function planStamp(
  history: History,
  applied: ReadonlySet<string>,
  targets: readonly string[],
  options: { readonly purge: boolean },
): StampRoute {
  const names = targets.map((text) => nameOf(history, text));
  const goals = names.map((name) => resolve(history, name, applied));
  const after = new Set(options.purge ? [] : applied);
  for (const [index, name] of names.entries()) {
    const revisions = goals[index] ?? [];
    const above =
      revisions.length === 0
        ? belowNothing(history, name)
        : reach(revisions.flatMap((r) => history.dependants(r)), (r) => history.dependants(r));
    for (const revision of above) after.delete(revision.id);
    if (name.symbol === "base" && name.branch === null) after.clear();
  }
  for (const revision of reach(goals.flat(), (r) => history.requirements(r))) after.add(revision.id);
  return {
    applied: after,
    add: history.revisions.filter((r) => after.has(r.id) && !applied.has(r.id)).map((r) => r.id),
    remove: [...applied].filter((id) => !after.has(id)),
  };
}

/** The route between two points of the files alone, written `from:to`; either end may be left out. */
export function resolveRange(history: History, text: string): Range {
  const [from = "", to = "", extra] = text.split(":");
  if (extra !== undefined) throw new KeelsonError("target.invalid", `${text} is not a range.`, { hint: "Write from:to, for example base:head." });
  const none = new Set<string>();
  const start = nameOf(history, from === "" ? "base" : from);
  const end = nameOf(history, text.includes(":") ? (to === "" ? "head" : to) : "head");
  const startsFrom = ancestry(history, resolve(history, start, none));
  const endsAt = ancestry(history, resolve(history, end, startsFrom));
  const up = history.revisions.filter((revision) => endsAt.has(revision.id) && !startsFrom.has(revision.id));
  const down = history.revisions.filter((revision) => startsFrom.has(revision.id) && !endsAt.has(revision.id));
  if (up.length > 0 && down.length > 0) {
    throw new KeelsonError("target.not-reachable", `${end.text} is neither above nor below ${start.text}: they are on different branches.`, {
      hint: "Write one range per direction.",
      details: { from: start.text, to: end.text },
    });
  }
  if (up.length > 0) return { direction: "up", steps: up, startsFrom };
  if (down.length > 0) return { direction: "down", steps: down.toReversed(), startsFrom };
  return { direction: "none", steps: [], startsFrom };
}

function nameOf(history: History, text: string): TargetName {
  return parseTargetName(text, (name) => isKnownName(history, name));
}

function resolve(history: History, name: TargetName, applied: ReadonlySet<string>): readonly Revision[] {
  const members = branchMembers(history, name.branch);
  const { symbol } = name;
  if (symbol === "heads" && name.steps === 0) return headsWithin(history, members);
  if (symbol === "current" && name.steps === 0) return currentRevisions(history, applied).filter((r) => members?.has(r) ?? true);
  const lineage = name.branch === null ? null : lineageOf(history, name.branch);
  const start = startOf(history, name, applied, { members, lineage });
  if (name.steps === 0) return start === null ? [] : [start];
  const end = walk(history, start, name, lineage);
  return end === null ? [] : [end];
}

function startOf(
  history: History,
  name: TargetName,
  applied: ReadonlySet<string>,
  branch: { readonly members: ReadonlySet<Revision> | null; readonly lineage: ReadonlySet<Revision> | null },
): Revision | null {
  const { symbol } = name;
  const { members, lineage } = branch;
  if (symbol === null || symbol === "current") return onlyCurrent(history, applied, name, lineage);
  if (symbol === "base") return null;
  if (symbol === "head" || symbol === "heads") return onlyHead(history, name, members)[0] ?? null;
  return resolveName(history, symbol, members);
}

/** Everything that a downgrade to this target takes away. */
function revisionsToDrop(history: History, name: TargetName, applied: ReadonlySet<string>): ReadonlySet<Revision> {
  if (name.symbol === null || name.symbol === "current") return lastSteps(history, name, applied);
  const upwards = (revision: Revision) => history.dependants(revision);
  const [goal] = resolve(history, name, applied);
  if (goal === undefined) return reach(rootsOfBranch(history, name), upwards);
  if (!applied.has(goal.id)) {
    throw new KeelsonError("target.not-reachable", `${nameWithMessage(goal)} is not applied, so the database can't go down to it.`, {
      hint: `keelson upgrade ${goal.id}`,
      details: { target: name.text },
    });
  }
  const children = history.children(goal);
  if (name.branch === null) return reach(children, upwards);
  const lineage = lineageOf(history, name.branch);
  return reach(children.filter((child) => lineage.has(child)), upwards);
}

/**
 * The last n applied revisions of one line. Each must be the only one that nothing applied builds on, so that a merge
 * comes off by itself and what lies before it is not chosen by chance.
 */
function lastSteps(history: History, name: TargetName, applied: ReadonlySet<string>): ReadonlySet<Revision> {
  if (name.steps >= 0) {
    throw new KeelsonError("target.invalid", `${name.text} does not go down.`, { hint: "keelson upgrade +1, or keelson downgrade -1." });
  }
  let line = name.branch === null ? null : lineageOf(history, name.branch);
  const left = new Set(applied);
  const drop = new Set<Revision>();
  for (let step = 0; step < -name.steps; step++) {
    const last = onlyCurrent(history, left, { ...name, steps: name.steps + step }, line);
    if (last === null) throw tooFar(name, step);
    // What the first one merely depends on belongs to another line.
    if (step === 0) line = reach([last], (r) => history.parents(r));
    for (const revision of reach([last], (r) => history.dependants(r))) {
      drop.add(revision);
      left.delete(revision.id);
    }
  }
  return drop;
}

function rootsOfBranch(history: History, name: TargetName): readonly Revision[] {
  if (name.branch === null) return history.bases;
  const lineage = lineageOf(history, name.branch);
  return history.bases.filter((base) => lineage.has(base));
}

function belowNothing(history: History, name: TargetName): ReadonlySet<Revision> {
  return name.symbol === "base" ? reach(rootsOfBranch(history, name), (r) => history.dependants(r)) : new Set();
}

/** Asking for a revision and for one it builds on is probably a mistake, and never needed. */
function refuseOverlap(history: History, names: readonly TargetName[], goals: readonly (readonly Revision[])[]): void {
  if (names.length < 2) return;
  for (const [index, revisions] of goals.entries()) {
    const below = reach(revisions.flatMap((r) => history.requirements(r)), (r) => history.requirements(r));
    const other = goals.findIndex((others, at) => at !== index && others.some((revision) => below.has(revision)));
    if (other === -1) continue;
    throw new KeelsonError("target.overlap", `${names[index]?.text} overlaps with ${names[other]?.text}: one builds on the other.`, {
      hint: `${names[index]?.text} alone is enough.`,
      details: { targets: names.map((name) => name.text) },
    });
  }
}

function liesBelow(history: History, name: TargetName, applied: ReadonlySet<string>): boolean {
  if (name.symbol === "base" && name.steps === 0) return true;
  if (name.symbol === null) return name.steps < 0;
  if (name.symbol === "head" || name.symbol === "heads") return false;
  return resolve(history, name, applied).every((revision) => applied.has(revision.id));
}

function ancestry(history: History, revisions: readonly Revision[]): ReadonlySet<string> {
  return new Set([...reach(revisions, (revision) => history.requirements(revision))].map((revision) => revision.id));
}
