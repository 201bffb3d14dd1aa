import { currentRevisions } from "../history/applied.ts";
import { buildHistory, type History } from "../history/graph.ts";
import type { Revision } from "../history/revision.ts";
import { standingRevisions } from "../history/squashed.ts";
import type { Ledger, LedgerEntry } from "../store/read-ledger.ts";

/** A history and a ledger that speak of the same revisions. */
export interface Standing {
  readonly history: History;
  readonly ledger: Ledger;
  /** Squashes that count as applied because all that they replace is, with the ids that the ledger has for them. */
  readonly covered: ReadonlyMap<string, readonly string[]>;
}

/** The history of a folder where no database is asked: every squash counts, and nothing that one replaces. */
export function fileHistory(revisions: readonly Revision[]): History {
  return chosen(revisions, new Set()).history;
}

/**
 * The history as it counts for a database: a squash, or what it replaces while the database stands inside its range. Of a
 * squash that counts as applied the ledger has a row, and none of what it replaces. `known` is the history of the files,
 * which is the same where they have no squash.
 */
export function standingOf(revisions: readonly Revision[], ledger: Ledger, known?: History): Standing {
  const { history, covered } = chosen(revisions, ledger.applied, known);
  if (covered.size === 0) return { history, ledger, covered };
  const entries = new Map(ledger.entries);
  for (const [id, parts] of covered) {
    const last = parts.map((part) => ledger.entries.get(part)).findLast((entry) => entry !== undefined);
    for (const part of parts) entries.delete(part);
    const squash = history.get(id);
    if (last !== undefined && squash !== undefined) entries.set(id, entryOf(squash, last));
  }
  return { history, ledger: { ...ledger, entries, applied: new Set(entries.keys()) }, covered };
}

/** Where a database stands that has applied these ids, whether it has a squash or what that replaces. */
export function standingHeads(
  revisions: readonly Revision[],
  applied: ReadonlySet<string>,
  known?: History,
): readonly Revision[] {
  const { history, covered } = chosen(revisions, applied, known);
  return currentRevisions(history, covered.size === 0 ? applied : new Set([...applied, ...covered.keys()]));
}

function chosen(
  revisions: readonly Revision[],
  applied: ReadonlySet<string>,
  known?: History,
): Pick<Standing, "history" | "covered"> {
  const { revisions: standing, covered } = standingRevisions(revisions, applied);
  const history = standing === revisions && known !== undefined ? known : buildHistory(standing);
  return { history, covered };
}

function entryOf(squash: Revision, last: LedgerEntry): LedgerEntry {
  const { id, file, message, parents, checksum } = squash;
  const { origin, appliedAt, appliedBy, durationMs } = last;
  return { id, file, message, parents, checksum, origin, appliedAt, appliedBy, durationMs };
}
