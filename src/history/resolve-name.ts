import { KeelsonError } from "../errors.ts";
import { currentRevisions } from "./applied.ts";
import { type History, reach } from "./graph.ts";
import type { Revision } from "./revision.ts";
import type { TargetName } from "./target-name.ts";

/** Words of the target language that are not names. */
const words: ReadonlySet<string> = new Set(["head", "heads", "base", "current"]);

/** Whether a name, taken whole, means something: a word, a label or an id. */
export function isKnownName(history: History, name: string): boolean {
  return words.has(name) || history.labels.has(name) || history.get(name) !== undefined;
}

/** Finds the one revision that a name means: a label, an id, or a unique beginning of an id. */
export function resolveName(history: History, name: string, within: ReadonlySet<Revision> | null = null): Revision {
  const exact = history.get(name) ?? history.labels.get(name) ?? sameNumber(history, name);
  if (exact !== undefined) {
    if (within === null || within.has(exact)) return exact;
    throw new KeelsonError("target.not-reachable", `${name} is not on that branch.`, { details: { target: name } });
  }
  const found = history.revisions.filter((revision) => revision.id.startsWith(name) && (within?.has(revision) ?? true));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw found.length === 0 ? unknown(history, name) : ambiguous(name, found);
}

/** Versions are numbers: `1` means `0001` where no id is written that way. */
function sameNumber(history: History, name: string): Revision | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  const number = BigInt(name);
  return history.revisions.find((revision) => /^\d+$/.test(revision.id) && BigInt(revision.id) === number);
}

/** The revisions that a branch name selects, or null when the target names no branch. */
export function branchMembers(history: History, branch: string | null): ReadonlySet<Revision> | null {
  if (branch === null) return null;
  const labelled = history.labels.get(branch);
  const revision = labelled ?? resolveBranch(history, branch);
  const members = new Set(reach([revision], (r) => history.children(r)));
  if (labelled === undefined) {
    for (const ancestor of reach([revision], (r) => history.parents(r))) members.add(ancestor);
    return members;
  }
  // A label reaches back to where its branch left another, or joined two.
  for (let at: Revision | undefined = revision; at !== undefined; ) {
    if (history.children(at).length > 1 || history.parents(at).length > 1) break;
    members.add(at);
    at = history.parents(at)[0];
  }
  members.add(revision);
  return members;
}

/** Everything that a branch's label or revision builds on or is built on by: where steps within a branch may lead. */
export function lineageOf(history: History, branch: string): ReadonlySet<Revision> {
  const revision = history.labels.get(branch) ?? resolveBranch(history, branch);
  return new Set([...reach([revision], (r) => history.parents(r)), ...reach([revision], (r) => history.children(r))]);
}

/** Heads of the history or of one branch. */
export function headsWithin(history: History, members: ReadonlySet<Revision> | null): readonly Revision[] {
  if (members === null) return history.heads;
  return history.revisions.filter(
    (revision) => members.has(revision) && !history.children(revision).some((child) => members.has(child)),
  );
}

/** The only head, or `history.several-heads` with all of them named. */
export function onlyHead(history: History, target: TargetName, members: ReadonlySet<Revision> | null): readonly Revision[] {
  const heads = headsWithin(history, members);
  if (heads.length <= 1) return heads;
  throw new KeelsonError(
    "history.several-heads",
    `${target.text} is not one revision: the history has ${heads.length} heads: ${heads.map(nameWithMessage).join(", ")}.`,
    {
      hint: `Join them (keelson merge), take them all (heads), or name one (${heads[0]?.id ?? "an id"}).`,
      details: { target: target.text, heads: heads.map((head) => head.id) },
    },
  );
}

/** Follows a number of links from a revision (null is the base), each of which must be the only one. */
export function walk(
  history: History,
  start: Revision | null,
  target: TargetName,
  members: ReadonlySet<Revision> | null,
): Revision | null {
  let at = start;
  for (let step = 0; step < Math.abs(target.steps); step++) {
    const up = target.steps > 0;
    if (!up && at === null) throw tooFar(target, step);
    const next: readonly (Revision | null)[] = up ? upwards(history, at, members) : downwards(history, at);
    if (next.length > 1) throw ambiguousStep(target, at, next);
    const [only] = next;
    if (only === undefined) throw tooFar(target, step);
    at = only;
  }
  return at;
}

/** Where the database is on a branch, when that is one place; null is the base. */
export function onlyCurrent(
  history: History,
  applied: ReadonlySet<string>,
  target: TargetName,
  members: ReadonlySet<Revision> | null,
): Revision | null {
  const relevant =
    members === null ? applied : new Set([...applied].filter((id) => [history.get(id)].some((r) => r !== undefined && members.has(r))));
  const current = currentRevisions(history, relevant);
  if (current.length <= 1) return current[0] ?? null;
  throw new KeelsonError(
    "target.ambiguous",
    `${target.text} counts from where the database is, and it is at ${current.length} revisions: ${current.map(nameWithMessage).join(", ")}.`,
    {
      hint: `Say from which: ${current[0]?.id ?? "id"}${target.steps >= 0 ? "+" : ""}${target.steps}, or name a branch (label@${target.text}).`,
      details: { target: target.text, candidates: current.map((revision) => revision.id) },
    },
  );
}

/** How a revision is named to a person. */
export function nameWithMessage(revision: Revision): string {
  return revision.message === "" ? revision.id : `${revision.id} (${revision.message})`;
}

/** The error for a step count that leaves the history. */
export function tooFar(target: TargetName, possible: number): KeelsonError {
  return new KeelsonError("target.out-of-range", `${target.text} goes further than the history: ${possible} ${possible === 1 ? "step is" : "steps are"} possible.`, {
    hint: target.steps > 0 ? "head goes as far as there is." : "base goes as far as there is.",
    details: { target: target.text, possible },
  });
}

function upwards(history: History, at: Revision | null, members: ReadonlySet<Revision> | null): readonly Revision[] {
  const all = at === null ? history.bases : history.children(at);
  return members === null || all.length <= 1 ? all : all.filter((revision) => members.has(revision));
}

function downwards(history: History, at: Revision | null): readonly (Revision | null)[] {
  if (at === null) return [];
  const parents = history.parents(at);
  return parents.length === 0 ? [null] : parents;
}

function resolveBranch(history: History, branch: string): Revision {
  try {
    return resolveName(history, branch);
  } catch (error) {
    if (!(error instanceof KeelsonError) || error.code !== "target.unknown") throw error;
    throw new KeelsonError("target.unknown", `No branch is called ${branch}: no revision has that label or id.`, {
      hint: labelHint(history),
      details: error.details,
    });
  }
}

function unknown(history: History, name: string): KeelsonError {
  return new KeelsonError("target.unknown", `No revision is called ${name}.`, {
    hint: history.revisions.length === 0 ? "The history is empty." : "keelson history lists them all.",
    details: { target: name },
  });
}

function ambiguous(name: string, found: readonly Revision[]): KeelsonError {
  const shown = found.slice(0, 5).map(nameWithMessage).join(", ");
  const more = found.length > 5 ? ` and ${found.length - 5} more` : "";
  return new KeelsonError("target.ambiguous", `${name} is the beginning of ${found.length} ids: ${shown}${more}.`, {
    hint: "Write more of the id.",
    details: { target: name, candidates: found.map((revision) => revision.id) },
  });
}

function ambiguousStep(target: TargetName, at: Revision | null, next: readonly (Revision | null)[]): KeelsonError {
  const candidates = next.flatMap((revision) => (revision === null ? [] : [revision]));
  return new KeelsonError(
    "target.ambiguous",
    `${target.text} is ambiguous: from ${at === null ? "the base" : at.id} it could go to ${candidates.map(nameWithMessage).join(" or ")}.`,
    { hint: "Name the revision, or a branch: label@+1.", details: { target: target.text, candidates: candidates.map((r) => r.id) } },
  );
}

function labelHint(history: History): string {
  const labels = [...history.labels.keys()];
  return labels.length === 0 ? "The history has no labels." : `Labels: ${labels.join(", ")}.`;
}
