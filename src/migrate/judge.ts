import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import type { Ledger, LedgerEntry } from "../store/read-ledger.ts";

/** How a history and a ledger disagree. */
export interface Disagreement {
  /** Applied, and the file's text has changed since. */
  readonly edited: readonly { readonly revision: Revision; readonly entry: LedgerEntry }[];
  /** Applied, and no file has that id. */
  readonly missing: readonly LedgerEntry[];
  /** Not applied, although something that builds on it is. */
  readonly outOfOrder: readonly Revision[];
}

/** What a run does about disagreements. */
export interface JudgePolicy {
  readonly outOfOrder: "refuse" | "apply";
  readonly missing: "refuse" | "ignore";
}

/** Compares the files with the ledger; linear in both. */
export function findDisagreements(
  revisions: readonly Revision[],
  outOfOrder: readonly Revision[],
  ledger: Ledger,
): Disagreement {
  const edited: { revision: Revision; entry: LedgerEntry }[] = [];
  let known = 0;
  for (const revision of revisions) {
    const entry = ledger.entries.get(revision.id);
    if (entry === undefined) continue;
    known += 1;
    if (entry.checksum !== revision.checksum) edited.push({ revision, entry });
  }
  return { edited, missing: known === ledger.entries.size ? [] : missingEntries(revisions, ledger), outOfOrder };
}

function missingEntries(revisions: readonly Revision[], ledger: Ledger): readonly LedgerEntry[] {
  const ids = new Set(revisions.map((revision) => revision.id));
  return [...ledger.entries.values()].filter((entry) => !ids.has(entry.id));
}

/** Throws for what the policy refuses: nothing is skipped in silence. */
export function refuseDisagreements(found: Disagreement, policy: JudgePolicy, database: string): void {
  if (found.edited.length > 0) throw editedError(found.edited, database);
  if (found.missing.length > 0 && policy.missing === "refuse") throw missingError(found.missing, database);
  if (found.outOfOrder.length > 0 && policy.outOfOrder === "refuse") throw outOfOrderError(found.outOfOrder, database);
}

function editedError(edited: Disagreement["edited"], database: string): KeelsonError {
  const names = edited.map(({ revision }) => revision.file);
  const first = edited[0]?.revision.id ?? "";
  return new KeelsonError(
    "revision.edited",
    `${list(names)} ${names.length === 1 ? "was" : "were"} changed after being applied to ${database}. Nothing was run.`,
    {
      hint: `See the change: keelson show ${first} --diff. Put the old text back and write a new revision for the change, or, if only the text matters, record the new text: keelson stamp --accept-edits`,
      details: { revisions: edited.map(({ revision }) => revision.id), files: names },
    },
  );
}

function missingError(missing: readonly LedgerEntry[], database: string): KeelsonError {
  const names = missing.map((entry) => `${entry.file} (${entry.id})`);
  return new KeelsonError(
    "revision.missing",
    `${list(names)} ${names.length === 1 ? "is" : "are"} applied to ${database}, and the folder of revisions has no such file. Nothing was run.`,
    {
      hint: `Is this checkout older than the database, or on another branch? Bring the file back (keelson show ${missing[0]?.id ?? ""} prints the text that ran), or go on without it: --allow-missing`,
      details: { revisions: missing.map((entry) => entry.id), files: missing.map((entry) => entry.file) },
    },
  );
}

function outOfOrderError(outOfOrder: readonly Revision[], database: string): KeelsonError {
  const names = outOfOrder.map((revision) => `${revision.file} (${revision.id})`);
  return new KeelsonError(
    "revision.out-of-order",
    `${list(names)} ${names.length === 1 ? "is" : "are"} not applied to ${database}, but revisions that build on ${names.length === 1 ? "it" : "them"} are. Nothing was run.`,
    {
      hint: "It probably came from a branch that was merged late. Give the file a newer place in the history, or apply it out of order after reading it: --out-of-order apply",
      details: {
        revisions: outOfOrder.map((revision) => revision.id),
        files: outOfOrder.map((revision) => revision.file),
      },
    },
  );
}

/** Names of at most five things, and how many more. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
