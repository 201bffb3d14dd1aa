import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { LoadedCode } from "../revisions/load-code.ts";
import {
  type CodeRun,
  isNeeded,
  questionOf,
  runPart,
  runPreflight,
  runVerify,
  showTables,
} from "../revisions/run-code.ts";
import { describeState, type FailureState, nextStep } from "./failure.ts";
import type { PreparedStep } from "./prepare.ts";
import { isAlreadyRecorded } from "./recheck-step.ts";
import { checkInterrupted, type RunContext } from "./run-context.ts";
import {
  journalTransaction,
  needsDirectConnection,
  type RunnableStep,
  recordStep,
  type StepOutcome,
  type StepPosition,
  stepCheck,
} from "./run-step.ts";
import { runTransaction } from "./transaction.ts";

/** What the checks before a revision's change found. */
type Decision =
  | { readonly run: "skip" }
  | { readonly run: "record" }
  | { readonly run: "change"; readonly question: string | null };

/**
 * Applies or reverts one revision that is written as code, exactly once. Its checks run first, in a transaction that is
 * rolled back; then somebody answers its question; then its change, the checks after it and its ledger row are one
 * transaction, as a plain revision's are.
 */
export async function runCodeStep(
  context: RunContext,
  runnable: RunnableStep,
  position: StepPosition,
): Promise<StepOutcome> {
  const { step } = runnable;
  const run = codeRun(context, step);
  const { lock } = context;
  if (step.journalled && lock.scope === "step" && !lock.protectsAutocommit) throw needsDirectConnection(step);
  const state: FailureState = { ...position, committed: 0, total: 0 };
  const decision = await toldBefore(step, state, () => decide(context, run, step));
  if (decision.run === "skip") return "skipped";
  const asked = decision.run === "change" && decision.question !== null;
  if (asked) await toldBefore(step, state, () => ask(context, step, decision.question ?? ""));
  checkInterrupted(context);
  // The answer may have taken its time, so what was checked before it is checked again.
  const outcome =
    decision.run === "record"
      ? await told(step, state, () => record(context, runnable, async () => undefined))
      : step.journalled
        ? await runUnprotected(context, run, runnable, state)
        : await told(step, state, () => record(context, runnable, () => change(context, run, step, { asked })));
  if (step.direction === "up" && outcome !== "skipped") await show(context, run);
  return outcome;
}

/** Runs a revision that is written as code inside the one transaction of its whole run. */
export async function runCodeTogether(context: RunContext, step: PreparedStep): Promise<void> {
  if (step.code === null) return;
  const run = codeRun(context, step);
  const { session } = context;
  const state: FailureState = { finished: 0, of: 1, committed: 0, total: 0 };
  await told(step, state, async () => {
    if (step.direction === "down") return await runPart(run, "down");
    await session.script(["SAVEPOINT keelson_checks"]);
    const needed = await isNeeded(run);
    if (needed) await runPreflight(run);
    const question = needed ? await questionOf(run) : null;
    await session.script(["ROLLBACK TO SAVEPOINT keelson_checks", "RELEASE SAVEPOINT keelson_checks"]);
    if (!needed) return notNeeded(context, step);
    if (question !== null) await ask(context, step, question);
    await runPart(run, "up");
    await runVerify(run);
    await showTables(run);
  });
}

function codeRun(context: RunContext, step: PreparedStep): CodeRun & { readonly code: LoadedCode } {
  const { engine, session, on } = context;
  if (step.code === null) throw new KeelsonError("internal", `${step.section.file} is not written as code.`);
  const beforeStatement = (): void => {
    context.lock.assertHeld();
    if (context.signal?.aborted === true) throw new KeelsonError("run.interrupted", "The run was stopped.");
  };
  const pooled = context.lock.pooled === true;
  return { engine, session, code: step.code, revision: step.revision, on, pooled, beforeStatement };
}

/** Asks the parts that only read; whatever they write all the same is rolled back. */
async function decide(context: RunContext, run: CodeRun, step: PreparedStep): Promise<Decision> {
  if (step.direction === "down") return { run: "change", question: null };
  const { engine, session, lock } = context;
  lock.assertHeld();
  if (lock.scope === "step") await lock.enter(session);
  else await session.script([engine.sql.begin, ...engine.sql.lockTimeout(context.lockTimeoutMs)]);
  try {
    if (lock.scope === "step" && (await isAlreadyRecorded(context, step))) return { run: "skip" };
    if (!(await isNeeded(run))) {
      notNeeded(context, step);
      return { run: "record" };
    }
    await runPreflight(run);
    return { run: "change", question: await questionOf(run) };
  } finally {
    await session.rollback();
  }
}

async function change(
  context: RunContext,
  run: CodeRun,
  step: PreparedStep,
  { asked }: { readonly asked: boolean },
): Promise<void> {
  if (step.direction === "down") {
    await runPart(run, "down");
  } else {
    if (asked) {
      if (!(await isNeeded(run))) return notNeeded(context, step);
      await runPreflight(run);
    }
    await runPart(run, "up");
    await runVerify(run);
  }
  await stepCheck(context, step)?.();
}

/** One transaction with the fence, the work and the ledger row. */
async function record(context: RunContext, runnable: RunnableStep, work: () => Promise<void>): Promise<StepOutcome> {
  const { step } = runnable;
  const outcome = await runTransaction(context, {
    revision: step.revision.id,
    settings: [],
    session: [],
    // Nothing tells which settings the code has made.
    changesSession: true,
    statements: [],
    check: work,
    records: (elapsedMs) => [
      ...recordStep(context, runnable, elapsedMs),
      ...(step.journalled ? [context.write.clearJournal(step.revision.id)] : []),
    ],
    alreadyDone: () => isAlreadyRecorded(context, step),
  });
  if (outcome === "skipped") return "skipped";
  return step.direction === "up" ? "applied" : "reverted";
}

/**
 * Runs a change outside of a transaction: each of its statements commits by itself. That it was begun is written down
 * first, so that everyone sees it half done; a later run begins its code again.
 */
async function runUnprotected(
  context: RunContext,
  run: CodeRun,
  runnable: RunnableStep,
  state: FailureState,
): Promise<StepOutcome> {
  const { step, journal } = runnable;
  const { id } = step.revision;
  const resumed = journal.some((entry) => entry.revision === id && entry.direction === step.direction);
  const begun = context.write.journalStatement({
    revision: id,
    direction: step.direction,
    statement: 0,
    hash: step.revision.checksum,
    state: "started",
    note: null,
    epoch: context.epoch,
  });
  await told(step, state, () => journalTransaction(context, step, [begun]));
  try {
    await runPart(run, step.direction);
    if (!context.session.closed) await context.session.script(context.engine.sql.resetSession);
    const outcome = await record(context, runnable, async () => {
      if (step.direction === "up") await runVerify(run);
      await stepCheck(context, step)?.();
    });
    return resumed && outcome !== "skipped" ? "resumed" : outcome;
  } catch (error) {
    throw partlyDone(step, error, state);
  }
}

async function ask(context: RunContext, step: PreparedStep, question: string): Promise<void> {
  const { engine, confirm } = context;
  await confirm({
    database: engine.label,
    direction: "up",
    revisions: [step.revision],
    destroys: [],
    question,
  });
}

function notNeeded(context: RunContext, step: PreparedStep): void {
  const { id, file } = step.revision;
  context.on({
    event: "notice",
    level: "info",
    code: "not-needed",
    message: `${file} (${id}) is not needed here: nothing of it was run, and it is recorded as applied.`,
  });
}

/** The revision is committed: a structure that could not be read is no failure of it. */
async function show(context: RunContext, run: CodeRun): Promise<void> {
  try {
    await showTables(run);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const notice = { event: "notice", level: "warning", code: "structure-not-read" } as const;
    context.on({ ...notice, message: `The structure of its tables could not be read: ${message}` });
  }
}

/** Adds to an error what is left of the revision and of the run. */
async function told<Result>(step: PreparedStep, state: FailureState, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isKeelsonError(error) || error.code === "lock.lost") throw error;
    const message = `${error.message}\n${describeState(step, error, state)}`;
    throw failed(step, error, state, { code: error.code, message, next: nextStep(error, state) });
  }
}

/** The same for what comes before the change, when there is nothing to be rolled back. */
async function toldBefore<Result>(
  step: PreparedStep,
  state: FailureState,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isKeelsonError(error) || error.code === "lock.lost" || error.code === "connection.lost") throw error;
    const message = `${error.message}\n${beforeThis(step, state)}`;
    const next = error.code.startsWith("confirm.") ? "" : nextStep(error, state);
    throw failed(step, error, state, { code: error.code, message, next });
  }
}

function beforeThis({ revision }: PreparedStep, { finished, of }: FailureState): string {
  const done = finished === 0 ? "No other revision ran." : `Of this run's ${of} revisions ${finished} ran and stay.`;
  return `Revision ${revision.id} was not run. ${done}`;
}

function partlyDone(step: PreparedStep, error: unknown, state: FailureState): unknown {
  if (!isKeelsonError(error) || error.code === "lock.lost" || error.code === "connection.lost") return error;
  const message = `${error.message}\nRevision ${step.revision.id} runs outside of a transaction: what its statements did before this stays, and the revision is not recorded.`;
  const next = "Correct the file or the data and run the same command again: its code begins again from its start.";
  const committed = { ...state, committed: 1 };
  return failed(step, error, committed, { code: "revision.partial", message, next });
}

function failed(
  step: PreparedStep,
  cause: KeelsonError,
  state: FailureState,
  words: { readonly code: KeelsonError["code"]; readonly message: string; readonly next: string },
): KeelsonError {
  return new KeelsonError(words.code, words.message, {
    hint: [cause.hint, words.next].filter(Boolean).join(" "),
    details: {
      ...cause.details,
      revision: step.revision.id,
      file: step.section.file,
      direction: step.direction,
      committedStatements: state.committed,
      finishedRevisions: state.finished,
    },
    cause,
  });
}
