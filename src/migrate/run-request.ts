import type { Engine, Session } from "../engines/engine.ts";
import type { Revision } from "../history/revision.ts";
import type { ProgressSink } from "../progress/events.ts";
import type { Ledger } from "../store/read-ledger.ts";
import type { BodySource } from "./prepare.ts";

/** Revisions in the order to run them; `none` when the database is where it should be. */
export interface RunRoute {
  readonly direction: "up" | "down" | "none";
  readonly steps: readonly Revision[];
}

/** What a person is asked before a run goes down or destroys data, and by a revision that has a question of its own. */
export interface Confirmation {
  readonly database: string;
  readonly direction: "up" | "down";
  readonly revisions: readonly Revision[];
  /** In words, each with the file it stands in. */
  readonly destroys: readonly string[];
  /** The question of the one revision named, which has been checked and is about to run; the run is under way then. */
  readonly question?: string;
}

/** A squash whose replaced revisions a database has all applied. */
export interface CoveredSquash {
  readonly squash: Revision;
  /** The ids that the ledger has for it. */
  readonly replaced: readonly string[];
}

/** Everything a run needs; the pieces that touch the world are handed in. */
export interface RunRequest {
  readonly engine: Engine;
  /** Opens the session of the run; called once. */
  readonly open: () => Promise<Session>;
  readonly bodies: BodySource;
  /** The name of the history in the ledger. */
  readonly history: string;
  /** What the target is called in messages. */
  readonly target: string;
  /** Decides what to run from what is applied; throws when the target or the ledger does not fit the files. */
  readonly route: (ledger: Ledger) => RunRoute;
  /** The squashes that count as applied because what they replace is. */
  readonly covered: (ledger: Ledger) => readonly CoveredSquash[];
  /** The revisions that stand at the top of an applied set. */
  readonly headsOf: (applied: ReadonlySet<string>) => readonly Revision[];
  /** The ids that must be applied before a revision, and those that must be reverted before it. */
  readonly requirementsOf: (revision: Revision) => readonly string[];
  readonly dependantsOf: (revision: Revision) => readonly string[];
  readonly confirm: (question: Confirmation) => Promise<void>;
  readonly singleTransaction: boolean;
  readonly lockTimeoutMs: number;
  readonly lockRetries: number;
  readonly runLockTimeoutMs: number;
  readonly runId: string;
  readonly performedBy: string;
  readonly hash: (text: string) => string;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly on: ProgressSink;
  readonly signal: AbortSignal | undefined;
}
