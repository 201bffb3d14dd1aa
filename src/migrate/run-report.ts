import type { StepOutcome } from "./run-step.ts";

/** One revision of a finished run. */
export interface RunStepReport {
  readonly id: string;
  readonly message: string;
  readonly file: string;
  readonly direction: "up" | "down";
  readonly outcome: StepOutcome;
  readonly durationMs: number;
}

/** What a run did. */
export interface RunReport {
  readonly database: string;
  readonly target: string;
  readonly direction: "up" | "down" | "none";
  readonly steps: readonly RunStepReport[];
  /** Where the database is now: the applied revisions that nothing applied builds on. */
  readonly current: readonly { readonly id: string; readonly message: string }[];
  /** The ids of `current`. */
  readonly heads: readonly string[];
  readonly durationMs: number;
}
