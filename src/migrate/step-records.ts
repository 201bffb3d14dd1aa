import type { LedgerStatements } from "../store/write-ledger.ts";
import type { PreparedStep } from "./prepare.ts";

/** What a record says besides the step itself. */
export interface StepRecord {
  readonly origin: "run" | "script";
  readonly run: string;
  readonly performedBy: string;
  /** Null to let the server measure its own transaction. */
  readonly durationMs: number | null;
  /** The canonical text to keep; only the way up is kept with one. */
  readonly source: string | null;
}

/** The ledger statements that make a finished step part of the record: of a run, and of a script for another program. */
export function stepRecords(write: LedgerStatements, step: PreparedStep, record: StepRecord): readonly string[] {
  const { revision, direction } = step;
  const { origin, run, performedBy, durationMs, source } = record;
  const attempt = write.recordAttempt({
    run,
    revision: revision.id,
    action: direction,
    outcome: direction === "up" ? "applied" : "reverted",
    durationMs,
    performedBy,
    report: null,
  });
  if (direction === "down") return [write.removeApplied(revision.id), attempt];
  const { id, file, message, parents, checksum } = revision;
  const applied = { id, file, message, parents, checksum, source, origin, appliedBy: performedBy, durationMs };
  return [write.recordApplied(applied), attempt];
}
