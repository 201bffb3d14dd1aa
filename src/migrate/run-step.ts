import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { JournalEntry } from "../store/read-ledger.ts";
import { type FailureState, stepFailure } from "./failure.ts";
import { remainingStatements, startedNote } from "./journal.ts";
import {
  changesSession,
  groupStatements,
  type NumberedStatement,
  type PreparedStep,
  type StatementGroup,
  settingsBefore,
  summarise,
} from "./prepare.ts";
import { isAlreadyRecorded } from "./recheck-step.ts";
import { refuseUnmet } from "./requirements.ts";
import { checkInterrupted, type RunContext } from "./run-context.ts";
import { stepRecords } from "./step-records.ts";
import { GroupFailure, runTransaction, withSettings } from "./transaction.ts";

/** Where a step stands in its run. */
export interface StepPosition {
  readonly finished: number;
  readonly of: number;
}

/** How a step ended. `resumed`: an earlier run had done part of it. */
export type StepOutcome = "applied" | "reverted" | "skipped" | "resumed";

/** A step with what only its own text can give. */
export interface RunnableStep {
  readonly step: PreparedStep;
  /** The canonical text to keep in the ledger. */
  readonly source: string;
  readonly journal: readonly JournalEntry[];
}

/**
 * Applies or reverts one revision exactly once. A plain revision is one transaction with its ledger row; one that needs
 * several commits is journalled statement by statement, so that any interruption can be taken up again.
 */
export async function runStep(
  context: RunContext,
  runnable: RunnableStep,
  position: StepPosition,
): Promise<StepOutcome> {
  const { step } = runnable;
  const started = context.now();
  if (!step.journalled) return await runPlainStep(context, runnable, position);
  if (context.lock.scope === "step" && !context.lock.protectsAutocommit) throw needsDirectConnection(step);
  const remaining = await remainingStatements(context, step, runnable.journal);
  // What an earlier run has begun is gone on with, whatever its own statements have made of the rows.
  if (remaining.length === step.statements.length) await beforeJournalled(context, step, position);
  const groups = groupStatements(step, remaining);
  let committed = step.statements.length - remaining.length;
  for (const group of groups) {
    checkInterrupted(context);
    const state: FailureState = { ...position, committed, total: step.statements.length };
    if (group.kind === "autocommit") await runAutocommit(context, step, group, state);
    else await runJournalledTransaction(context, step, group, state);
    committed += group.statements.length;
  }
  await finishJournalled(context, runnable, context.now() - started, { ...position, committed, total: committed });
  if (remaining.length < step.statements.length) return "resumed";
  return step.direction === "up" ? "applied" : "reverted";
}

/** The ledger statements that make a finished step part of the record. */
export function recordStep(context: RunContext, runnable: RunnableStep, elapsedMs: number | null): readonly string[] {
  const { write, runId, performedBy, prepared } = context;
  const { step, source } = runnable;
  if (elapsedMs === null && step.direction === "up" && prepared?.usable === true)
    return [prepared.recordApplied({ ...step.revision, source })];
  return stepRecords(write, step, { origin: "run", run: runId, performedBy, durationMs: elapsedMs, source });
}

async function beforeJournalled(context: RunContext, step: PreparedStep, position: StepPosition): Promise<void> {
  try {
    await requirementCheck(context, step)?.();
  } catch (error) {
    throw stepFailure(step, null, error, { ...position, committed: 0, total: step.statements.length });
  }
}

/** Asks whether rows stand in a step's way, or null where that was asked before the run or nothing is required. */
export function requirementCheck(context: RunContext, step: PreparedStep): (() => Promise<void>) | null {
  if (step.requires.length === 0 || context.required === step.revision.id) return null;
  return () => refuseUnmet(context.session, step, []);
}

/** Checks that need an answer before a step commits, or null when there are none. */
export function stepCheck(context: RunContext, step: PreparedStep): (() => Promise<void>) | null {
  const { engine, session } = context;
  const checksKeys = !engine.capabilities.enforcesForeignKeysInSteps;
  if (step.verify.length === 0 && !checksKeys) return null;
  return async () => {
    for (const query of step.verify) {
      const result = await session.query(query.sql);
      if (result.rows.length > 0) throw verifyFailed(step, query.sql, result.rows);
    }
    if (!checksKeys) return;
    const violations = await engine.checkStep(session);
    if (violations.length > 0) throw foreignKeysViolated(step, violations);
  };
}

async function runPlainStep(context: RunContext, runnable: RunnableStep, position: StepPosition): Promise<StepOutcome> {
  const { step } = runnable;
  const statements = step.statements.map((statement) => statement.parsed.sql);
  try {
    const outcome = await runTransaction(context, {
      revision: step.revision.id,
      settings: step.settings.map((setting) => setting.sql),
      session: [],
      changesSession: changesSession(step.statements),
      before: requirementCheck(context, step),
      statements,
      check: stepCheck(context, step),
      records: (elapsedMs) => recordStep(context, runnable, elapsedMs),
      alreadyDone: () => isAlreadyRecorded(context, step),
    });
    if (outcome === "skipped") return "skipped";
    return step.direction === "up" ? "applied" : "reverted";
  } catch (error) {
    throw groupError(step, step.statements, error, { ...position, committed: 0, total: statements.length });
  }
}

async function runJournalledTransaction(
  context: RunContext,
  step: PreparedStep,
  group: StatementGroup,
  state: FailureState,
): Promise<void> {
  try {
    await runTransaction(context, {
      revision: step.revision.id,
      settings: step.settings.map((setting) => setting.sql),
      session: settingsBefore(step, group.statements[0]?.number ?? 0),
      changesSession: changesSession(group.statements),
      statements: group.statements.map((statement) => statement.parsed.sql),
      check: context.engine.capabilities.enforcesForeignKeysInSteps
        ? null
        : stepCheck(context, { ...step, verify: [] }),
      records: () => group.statements.map((statement) => journalled(context, step, statement, "done", null)),
      alreadyDone: async () => false,
    });
  } catch (error) {
    throw groupError(step, group.statements, error, state);
  }
}

/** Started is written down first and done after it, so that the time between them is the only one to be judged later. */
async function runAutocommit(
  context: RunContext,
  step: PreparedStep,
  group: StatementGroup,
  state: FailureState,
): Promise<void> {
  const { engine, session, lock } = context;
  const [statement] = group.statements;
  if (statement === undefined) return;
  const settings = settingsBefore(step, statement.number);
  const told = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw stepFailure(step, null, error, state);
    });
  const note = await told(withSettings(context, settings, () => engine.noteBefore(session, statement.parsed)));
  const started = journalled(context, step, statement, "started", startedNote(statement.parsed.sql, note));
  await told(journalTransaction(context, step, [started]));
  context.on({
    event: "statement",
    id: step.revision.id,
    index: statement.number + 1,
    of: step.statements.length,
    sql: summarise(statement.parsed.sql),
    transactional: false,
  });
  lock.assertHeld();
  try {
    await withSettings(context, settings, () => session.query(statement.parsed.sql));
  } catch (error) {
    await cleanUpFailed(context, step, statement, note, error);
    throw stepFailure(step, statement.parsed, error, state);
  }
  await told(journalTransaction(context, step, [journalled(context, step, statement, "done", null)]));
}

/**
 * The database said that the statement failed, so only leftovers matter. When the connection is gone or nothing can
 * tell, the journal keeps the statement as started and the next run judges it.
 */
async function cleanUpFailed(
  context: RunContext,
  step: PreparedStep,
  statement: NumberedStatement,
  note: string | null,
  error: unknown,
): Promise<void> {
  const { engine, session } = context;
  if (session.closed || !isKeelsonError(error) || error.details["connectionLost"] === true) return;
  try {
    const settings = settingsBefore(step, statement.number);
    const answer = await withSettings(context, settings, () => engine.settle(session, statement.parsed, note));
    // What the server itself said has failed took no effect, unless it may have committed half-way.
    if (answer === "unknown" && statement.parsed.mayCommit) return;
    await journalTransaction(context, step, [
      context.write.forgetJournalStatement(step.revision.id, step.direction, statement.number),
    ]);
  } catch {
    await session.rollback();
  }
}

async function finishJournalled(
  context: RunContext,
  runnable: RunnableStep,
  elapsedMs: number,
  state: FailureState,
): Promise<void> {
  const { step } = runnable;
  try {
    await runTransaction(context, {
      revision: step.revision.id,
      settings: [],
      session: settingsBefore(step, step.statements.length),
      changesSession: false,
      statements: [],
      check: stepCheck(context, step),
      records: () => [...recordStep(context, runnable, elapsedMs), context.write.clearJournal(step.revision.id)],
      alreadyDone: async () => false,
    });
  } catch (error) {
    throw groupError(step, [], error, state);
  }
}

/** Writes to the journal, in a transaction of its own. */
export async function journalTransaction(
  context: RunContext,
  step: PreparedStep,
  records: readonly string[],
): Promise<void> {
  await runTransaction(context, {
    revision: step.revision.id,
    settings: [],
    session: [],
    changesSession: false,
    statements: [],
    check: null,
    records: () => records,
    alreadyDone: async () => false,
  });
}

function journalled(
  context: RunContext,
  step: PreparedStep,
  statement: NumberedStatement,
  state: "started" | "done",
  note: string | null,
): string {
  return context.write.journalStatement({
    revision: step.revision.id,
    direction: step.direction,
    statement: statement.number,
    hash: context.hash(statement.parsed.sql),
    state,
    note,
    epoch: context.epoch,
  });
}

function groupError(
  step: PreparedStep,
  statements: readonly NumberedStatement[],
  error: unknown,
  state: FailureState,
): unknown {
  if (!(error instanceof GroupFailure)) return stepFailure(step, null, error, state);
  return stepFailure(step, statements[error.statement]?.parsed ?? null, error.cause, state);
}

function verifyFailed(step: PreparedStep, query: string, rows: readonly unknown[]): KeelsonError {
  return new KeelsonError(
    "revision.verify-failed",
    `the verify section of ${step.revision.id} found ${rows.length} ${rows.length === 1 ? "row" : "rows"} where it must find none: ${summarise(query)}`,
    { hint: `The first row: ${JSON.stringify(rows[0])}.`, details: { rows: rows.slice(0, 5) } },
  );
}

function foreignKeysViolated(step: PreparedStep, violations: readonly string[]): KeelsonError {
  return new KeelsonError(
    "revision.foreign-keys",
    `rows would point at nothing: ${violations.slice(0, 5).join("; ")}`,
    {
      hint: "Foreign keys are off while a revision runs, so that a table can be rebuilt; nothing cascades. Delete or correct the child rows in the revision too.",
      details: { violations: violations.slice(0, 100), revision: step.revision.id },
    },
  );
}

/** The error of a step that can't run under a lock that lives in one transaction. */
export function needsDirectConnection(step: PreparedStep): KeelsonError {
  return new KeelsonError(
    "lock.pooler",
    `${step.section.file} has statements that can't run in a transaction, and the connection goes through a pooler that gives this user one server connection, so the run lock can't be held beside them. Nothing of it was run.`,
    {
      hint: "Give the address of the server itself for migrations: directUrl in keelson.config.ts, MIGRATION_DATABASE_URL, or --direct-url.",
      details: { revision: step.revision.id, file: step.section.file },
    },
  );
}
