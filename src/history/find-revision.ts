import { KeelsonError } from "../errors.ts";
import { lineageOf } from "./branch.ts";
import { type History, idKey } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** A branch as a target names it. */
export interface Branch {
  readonly name: string;
  /** The revision that the name stands for, its ancestors and its descendants. */
  readonly members: ReadonlySet<Revision>;
}

/** The branch that a label, an id or the beginning of one stands for. */
export function findBranch(history: History, name: string): Branch {
  return { name, members: lineageOf(history, findRevision(history, name, null)) };
}

/**
 * The one revision that a name stands for: a whole id or a label, else the beginning of exactly one id. Within a branch
 * only its members answer to a beginning, and others are refused.
 */
export function findRevision(history: History, name: string, branch: Branch | null): Revision {
  const isMember = (revision: Revision): boolean => branch?.members.has(revision) ?? true;
  const exact = history.labels.get(name) ?? history.get(name) ?? sameNumber(history, name);
  if (exact !== undefined) {
    if (isMember(exact)) return exact;
    throw notMember(exact, branch);
  }
  const all = history.revisions.filter(
    // Short ids are numbers of headerless files; 1 must never come to mean 10.
    ({ id }) => id.length > 3 && id.startsWith(name),
  );
  const found = all.filter(isMember);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only !== undefined) throw ambiguous(name, found);
  if (all[0] !== undefined) throw notMember(all[0], branch);
  throw unknown(history, name);
}

/** A revision in a message: its id, and what it is about. */
export function describe(revision: Revision): string {
  return revision.message === "" ? revision.id : `${revision.id} (${revision.message})`;
}

/** At most five revisions in a message, and how many more. */
export function describeAll(revisions: readonly Revision[]): string {
  const shown = revisions.slice(0, 5).map(describe).join(", ");
  return revisions.length > 5 ? `${shown} and ${revisions.length - 5} more` : shown;
}

/** `1` means `0001` where no id is written that way. */
function sameNumber(history: History, name: string): Revision | undefined {
  if (!/^\d+$/.test(name)) return undefined;
  const key = idKey(name);
  return history.revisions.find(({ id }) => idKey(id) === key);
}

function ambiguous(name: string, found: readonly Revision[]): KeelsonError {
  return new KeelsonError(
    "target.ambiguous",
    `"${name}" is the beginning of ${found.length} ids: ${describeAll(found)}.`,
    {
      hint: "Write more of the id.",
      details: { target: name, candidates: found.slice(0, 5).map((revision) => revision.id) },
    },
  );
}

function unknown(history: History, name: string): KeelsonError {
  const tooShort = name.length < 4 && /^[0-9a-f]+$/i.test(name);
  const labels = [...history.labels.keys()];
  const known =
    labels.length === 0 ? "" : ` Labels: ${labels.slice(0, 5).join(", ")}${labels.length > 5 ? ", ..." : ""}.`;
  const short = tooShort ? "The beginning of an id is found with four characters or more. " : "";
  return new KeelsonError("target.unknown", `No revision has the id or the label "${name}".`, {
    hint: `${short}keelson history lists all revisions.${known}`,
    details: { target: name },
  });
}

function notMember(revision: Revision, branch: Branch | null): KeelsonError {
  const name = branch?.name ?? "";
  return new KeelsonError(
    "target.unknown",
    `${describe(revision)} is not on the branch of ${name}: neither builds on the other.`,
    {
      hint: `Leave "${name}@" out, or name a revision of that branch.`,
      details: { target: revision.id, branch: name },
    },
  );
}
