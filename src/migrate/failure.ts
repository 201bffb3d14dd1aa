import type { ParsedStatement } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { lineInFile, type PreparedStep, summarise } from "./prepare.ts";

/** The error of a run whose lock another run has taken over. */
export function lockLost(cause: unknown): KeelsonError {
  return new KeelsonError(
    "lock.lost",
    "This run lost the run lock, and another run may have taken it. The step under way was rolled back and not recorded.",
    {
      hint: "Look at where the database stands (keelson status), then run the same command again: it goes on from there.",
      cause,
    },
  );
}

/** What a step had already made permanent when it failed. */
export interface FailureState {
  /** Statements of this revision that are committed, and stay. */
  readonly committed: number;
  readonly total: number;
  /** Revisions that this run had finished before. */
  readonly finished: number;
  readonly of: number;
}

/**
 * The error of a revision that failed: `revision.failed` when all of it was rolled back, `revision.partial` when some of
 * its statements are committed. Errors that are about something else (lost connection, missing privilege, full disk)
 * keep their code and gain the place and the state.
 */
export function stepFailure(
  step: PreparedStep,
  statement: ParsedStatement | null,
  cause: unknown,
  state: FailureState,
): unknown {
  if (!isKeelsonError(cause)) return cause;
  const where = statement === null ? step.section.file : `${step.section.file}:${failingLine(step, statement, cause)}`;
  const what = statement === null ? "" : `, in: ${summarise(statement.sql)}`;
  const failed = cause.code === "statement.failed";
  const code = failed ? (state.committed > 0 ? "revision.partial" : "revision.failed") : cause.code;
  const detail = typeof cause.details["detail"] === "string" ? ` (${cause.details["detail"]})` : "";
  return new KeelsonError(code, `${where}: ${cause.message}${detail}${what}\n${describeState(step, cause, state)}`, {
    hint: [cause.hint, nextStep(cause, state)].filter(Boolean).join(" "),
    details: {
      ...cause.details,
      revision: step.revision.id,
      file: step.section.file,
      direction: step.direction,
      line: statement === null ? null : failingLine(step, statement, cause),
      committedStatements: state.committed,
      finishedRevisions: state.finished,
    },
    cause,
  });
}

function failingLine(step: PreparedStep, statement: ParsedStatement, cause: KeelsonError): number {
  const offset = cause.details["offset"];
  const into = typeof offset === "number" ? statement.sql.slice(0, offset).split("\n").length - 1 : 0;
  return lineInFile(step.section, statement) + into;
}

/** What is left of a failed revision and of the run, in words. */
export function describeState(step: PreparedStep, cause: KeelsonError, state: FailureState): string {
  const before =
    state.finished === 0
      ? "No other revision ran."
      : `Of this run's ${state.of} revisions ${state.finished} ${state.finished === 1 ? "is" : "are"} done and ${state.finished === 1 ? "stays" : "stay"}.`;
  if (cause.code === "connection.lost" && step.journalled) {
    return `The connection was lost during revision ${step.revision.id}: its statements that were finished are recorded, and the next run finds out about the one under way. ${before}`;
  }
  if (cause.code === "connection.lost") {
    return `The connection was lost during revision ${step.revision.id}: it is either wholly done and recorded, or not at all. ${before}`;
  }
  if (state.committed > 0) {
    const done = state.committed === 1 ? "Statement 1" : `Statements 1 to ${state.committed}`;
    const stay = state.committed === 1 ? "is committed and stays" : "are committed and stay";
    return `${done} of the ${state.total} of revision ${step.revision.id} ${stay}; the failed one left nothing behind. ${before}`;
  }
  return `Revision ${step.revision.id} was rolled back; nothing of it remains. ${before}`;
}

/** What to do after a failure, in words. */
export function nextStep(cause: KeelsonError, state: FailureState): string {
  if (cause.code === "connection.lost") return "Run the same command again: it finds out and goes on.";
  if (state.committed > 0) {
    return "Correct the failed statement or those after it (the committed ones must stay as they are) and run the same command again: it goes on from there.";
  }
  if (cause.code === "statement.failed" || cause.code.startsWith("revision.")) {
    return "Correct the file or the data and run the same command again.";
  }
  return "Then run the same command again.";
}
