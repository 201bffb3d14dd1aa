import type { ErrorCode } from "../errors.ts";

/** One thing that is not as it should be. */
export interface CheckProblem {
  readonly code: ErrorCode | "revision.pending";
  readonly message: string;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;
}
