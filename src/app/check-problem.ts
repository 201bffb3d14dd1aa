import type { ErrorCode, KeelsonError } from "../errors.ts";

/** One thing that is not as it should be. */
export interface CheckProblem {
  readonly code: ErrorCode | "revision.pending";
  readonly message: string;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const cannotJudge: readonly ErrorCode[] = ["scratch.unavailable", "scratch.extension", "engine.missing"];

/** What stopped the answer to a question, as a problem: unknown where nothing could be asked, else what is wrong. */
export function problemOf({ code, message, hint = "", details }: KeelsonError, question: string): CheckProblem {
  const unknown = cannotJudge.some((one) => code === one || code.startsWith("connection."));
  return { code, message: unknown ? `Unknown ${question}: ${message}` : message, hint, details };
}
