import type { Engine, RunLock, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import type { ProgressSink } from "../progress/events.ts";
import type { PreparedLedger } from "../store/prepared-ledger.ts";
import type { LedgerStatements } from "../store/write-ledger.ts";
import type { Confirmation } from "./run-request.ts";

/** What every step of one run shares. */
export interface RunContext {
  readonly engine: Engine;
  readonly session: Session;
  readonly lock: RunLock;
  /** This run's epoch; the fence of scope `run` compares it. */
  readonly epoch: number;
  /** The name of the history in the ledger. */
  readonly history: string;
  readonly write: LedgerStatements;
  /** The same statements planned beforehand, in a run that is long enough; else null. */
  readonly prepared: PreparedLedger | null;
  /** The ids that must be applied before a revision, and those that must be reverted before it. */
  readonly requirementsOf: (revision: Revision) => readonly string[];
  readonly dependantsOf: (revision: Revision) => readonly string[];
  readonly runId: string;
  readonly performedBy: string;
  readonly lockTimeoutMs: number;
  /** How often a transaction is tried again after it waited too long for a lock. */
  readonly lockRetries: number;
  readonly hash: (text: string) => string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly on: ProgressSink;
  /** Asks a person; throws unless the answer is yes. */
  readonly confirm: (question: Confirmation) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  /** The revision whose requirements were found to hold before the run took its lock, or null. */
  readonly required: string | null;
}

/** Throws `run.interrupted` once the caller asked to stop; called where stopping leaves nothing half-done. */
export function checkInterrupted(context: Pick<RunContext, "signal">): void {
  if (context.signal?.aborted !== true) return;
  throw new KeelsonError(
    "run.interrupted",
    "The run was stopped before its next step; everything before it is applied and recorded.",
    {
      hint: "Run the same command again to go on.",
    },
  );
}
