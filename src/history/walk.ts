import { KeelsonError } from "../errors.ts";
import { type Branch, describe, describeAll } from "./find-revision.ts";
import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** A place in the history; `base` is before the first revision. */
export type Place = Revision | "base";

/** A number of steps to go, and what it is called in messages. */
export interface Walk {
  readonly history: History;
  readonly from: Place;
  /** Never negative. */
  readonly steps: number;
  readonly branch: Branch | null;
  /** The target as it was given. */
  readonly target: string;
}

/** Goes up from child to child, within the branch where one is given. Where it forks, the way must be named. */
export function walkUp(walk: Walk): Place {
  const { history, steps, branch, target } = walk;
  let at: Place = walk.from;
  for (let done = 0; done < steps; done++) {
    const all: readonly Revision[] = at === "base" ? history.bases : history.children(at);
    const next = branch === null ? all : all.filter((revision) => branch.members.has(revision));
    const [only] = next;
    if (only === undefined) throw tooFar(walk, done, "up");
    if (next.length > 1) throw forks(target, at, next);
    at = only;
  }
  return at;
}

/** Goes down from parent to parent; past a merge only within a branch that has one of the parents. */
export function walkDown(walk: Walk): Place {
  let at: Place = walk.from;
  for (let done = 0; done < walk.steps; done++) {
    if (at === "base") throw tooFar(walk, done, "down");
    at = parentOf(at, walk);
  }
  return at;
}

/** The revision whose revert makes the last of the steps down. It may be a merge: its revert leaves both parents. */
export function lastStepDown(walk: Walk): Revision {
  const last = walkDown({ ...walk, steps: walk.steps - 1 });
  if (last === "base") throw tooFar(walk, walk.steps - 1, "down");
  return last;
}

function parentOf(revision: Revision, walk: Walk): Place {
  const { history, branch, target } = walk;
  const parents = history.parents(revision);
  if (parents.length < 2) return parents[0] ?? "base";
  const onBranch = branch === null ? [] : parents.filter((parent) => branch.members.has(parent));
  const [only] = onBranch;
  if (only !== undefined && onBranch.length === 1) return only;
  throw new KeelsonError(
    "target.ambiguous",
    `"${target}" goes down past the merge ${describe(revision)}, which has several parents: ${describeAll(parents)}.`,
    {
      hint: "Name the revision to go down to instead of a number of steps.",
      details: { target, candidates: parents.map((parent) => parent.id) },
    },
  );
}

function forks(target: string, at: Place, next: readonly Revision[]): KeelsonError {
  const where = at === "base" ? "The history has several bases" : `The history forks after ${describe(at)}`;
  return new KeelsonError("target.ambiguous", `"${target}" can go several ways. ${where}: ${describeAll(next)}.`, {
    hint: "Name the revision to go to, or the branch: label@+1 (an id is good for a label).",
    details: { target, candidates: next.map((revision) => revision.id) },
  });
}

function tooFar(walk: Walk, done: number, direction: "up" | "down"): KeelsonError {
  const { from, target, branch } = walk;
  const where = from === "base" ? "the base" : describe(from);
  const what = direction === "up" ? "further" : "back";
  const possible =
    done === 0 ? "there is no step" : `there ${done === 1 ? "is only 1 step" : `are only ${done} steps`}`;
  const on = branch === null ? "" : ` on the branch of ${branch.name}`;
  return new KeelsonError("target.out-of-range", `"${target}" goes too far: from ${where} ${possible} ${what}${on}.`, {
    hint: direction === "up" ? "head is the end of the history." : "base is its beginning.",
    details: { target, possible: done },
  });
}
