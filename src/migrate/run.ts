import type { Engine, RunLock, Session } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import type { ProgressSink } from "../progress/events.ts";
import { findOtherLedgers } from "../store/other-ledgers.ts";
import { type Ledger, readHolder, readLedger } from "../store/read-ledger.ts";
import { createStore, ledgerStatements, takeEpoch } from "../store/write-ledger.ts";
import { type BodySource, type PreparedStep, prepareStep } from "./prepare.ts";
import { checkInterrupted, type RunContext } from "./run-context.ts";
import { runStep, type StepOutcome } from "./run-step.ts";
import { runTogether } from "./run-together.ts";
import { storeCatalog } from "./store-catalog.ts";

/** Revisions in the order to run them; `none` when the database is where it should be. */
export interface RunRoute {
  readonly direction: "up" | "down" | "none";
  readonly steps: readonly Revision[];
}

/** What a person is asked before a run goes down or destroys data. */
export interface Confirmation {
  readonly database: string;
  readonly direction: "up" | "down";
  readonly revisions: readonly Revision[];
  /** In words, each with the file it stands in. */
  readonly destroys: readonly string[];
}

/** Everything a run needs; the pieces that touch the world are handed in. */
export interface RunRequest {
  readonly engine: Engine;
  readonly bodies: BodySource;
  /** The name of the history in the ledger. */
  readonly history: string;
  /** What the target is called in messages. */
  readonly target: string;
  /** Decides what to run from what is applied; throws when the target or the ledger does not fit the files. */
  readonly route: (ledger: Ledger) => RunRoute;
  /** Ids that stand at the top of the applied set, for the report. */
  readonly headsOf: (applied: ReadonlySet<string>) => readonly string[];
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
  /** The applied heads afterwards. */
  readonly heads: readonly string[];
  readonly durationMs: number;
}

/**
 * Takes a database along a route, exactly once whatever other runs do. A database that is where it should be costs one
 * read and no lock. Otherwise: judge, prepare, ask, lock, read again, run step by step, store the catalog.
 */
export async function run(request: RunRequest): Promise<RunReport> {
  const started = request.now();
  const session = await request.engine.open("write");
  // A statement may run for hours: whoever stops the run does not want to wait for its end.
  const cancel = (): void => void session.cancel().catch(() => undefined);
  request.signal?.addEventListener("abort", cancel, { once: true });
  try {
    const before = await readLedger(request.engine, session, request.history);
    const route = request.route(before);
    if (route.direction === "none") return report(request, started, "none", [], before.applied);
    await refuseOtherLedgers(request.engine, session, before);
    const prepared = await prepareAll(request, route);
    await request.confirm(confirmation(request, route, prepared));
    checkInterrupted(request);
    return await runLocked(request, session, prepared, started);
  } catch (error) {
    throw interruption(request, error);
  } finally {
    request.signal?.removeEventListener("abort", cancel);
    await session.close();
  }
}

/** The two directions of `migrate` never mix: a route has one. */
async function prepareAll(request: RunRequest, route: RunRoute): Promise<ReadonlyMap<string, PreparedStep>> {
  const prepared = new Map<string, PreparedStep>();
  for (const revision of route.steps) {
    const direction = route.direction === "down" ? "down" : "up";
    const step = await prepareStep(request.engine, request.bodies, revision, direction);
    if (request.singleTransaction && step.journalled) throw notTransactional(step);
    prepared.set(revision.id, step);
  }
  return prepared;
}

async function runLocked(
  request: RunRequest,
  session: Session,
  prepared: ReadonlyMap<string, PreparedStep>,
  started: number,
): Promise<RunReport> {
  const { engine, history } = request;
  const lock = await acquire(
    request,
    session,
    [...prepared.values()].some((step) => step.journalled),
  );
  try {
    const context = await openStore(request, session, lock);
    const ledger = await readLedger(engine, session, history);
    const route = request.route(ledger);
    if (route.direction === "none") return report(request, started, "none", [], ledger.applied);
    const steps = route.steps.map((revision) => expectPrepared(prepared, revision, route));
    request.on({
      event: "run-started",
      database: engine.label,
      direction: route.direction,
      revisions: steps.length,
      target: request.target,
    });
    const done: RunStepReport[] = [];
    try {
      await runAll(request, context, { steps, ledger, done });
    } catch (error) {
      if (changedSchema(done, error)) await keepCatalog(request, context, appliedAfter(ledger.applied, done));
      throw error;
    }
    const applied = appliedAfter(ledger.applied, done);
    await keepCatalog(request, context, applied);
    return report(request, started, route.direction, done, applied);
  } finally {
    await lock.release();
  }
}

async function acquire(request: RunRequest, session: Session, spansTransactions: boolean): Promise<RunLock> {
  const { engine, history, runLockTimeoutMs, on, signal } = request;
  let holder: Promise<string> | null = null;
  const describeHolder = async (): Promise<string> => {
    const found = await readHolder(engine, session, history).catch(() => null);
    return found === null ? "another run" : `${found.holder}, since ${found.since}`;
  };
  try {
    return await engine.acquireLock({
      name: history,
      timeoutMs: runLockTimeoutMs,
      work: session,
      spansTransactions,
      ...(signal === undefined ? {} : { signal }),
      onWait: (waitedMs) => {
        holder ??= describeHolder();
        void holder.then((who) =>
          on({
            event: "waiting",
            for: `the run lock of ${engine.label}, held by ${who}`,
            waitedMs,
            limitMs: runLockTimeoutMs,
          }),
        );
      },
    });
  } catch (error) {
    if (!isKeelsonError(error, "lock.timeout")) throw error;
    const who = holder === null ? "another run" : await holder;
    throw new KeelsonError(
      "lock.timeout",
      `The run lock of ${engine.label} was not free within ${runLockTimeoutMs / 1000} s; held by ${who}. Nothing was run.`,
      {
        hint: "Wait for the other run to end, or give this one more time: --run-lock-timeout 10m",
        details: error.details,
        cause: error,
      },
    );
  }
}

/** Creates the ledger where there is none, and takes the epoch that fences out every earlier run. */
async function openStore(request: RunRequest, session: Session, lock: RunLock): Promise<RunContext> {
  const { engine, history } = request;
  const begin = async (): Promise<void> => {
    if (lock.scope === "step") await lock.enter(session);
    else await session.script([engine.sql.begin, ...engine.sql.lockTimeout(request.lockTimeoutMs)]);
  };
  const deadline = request.now() + request.runLockTimeoutMs;
  for (;;) {
    try {
      const ledger = await readLedger(engine, session, history);
      if (!ledger.exists) {
        await createStore(engine, session, begin);
        await session.script(["COMMIT"]);
      }
      await begin();
      const epoch = await takeEpoch(engine, session, history, request.performedBy);
      await session.script(["COMMIT"]);
      return context(request, session, lock, epoch);
    } catch (error) {
      await session.rollback();
      const stepOfOther = isKeelsonError(error, "lock.timeout") && lock.scope === "run" && request.now() < deadline;
      if (!stepOfOther) throw error;
    }
  }
}

function context(request: RunRequest, session: Session, lock: RunLock, epoch: number): RunContext {
  const { engine, history, runId, performedBy, lockTimeoutMs, lockRetries, hash, now, sleep, on, signal } = request;
  const write = ledgerStatements(engine.sql, history);
  return {
    engine,
    session,
    lock,
    epoch,
    history,
    write,
    runId,
    performedBy,
    lockTimeoutMs,
    lockRetries,
    hash,
    now,
    sleep,
    on,
    signal,
  };
}

/** Adds each step to `done` as soon as it is committed, so that a failure tells what came before it. */
async function runAll(
  request: RunRequest,
  context: RunContext,
  work: { readonly steps: readonly PreparedStep[]; readonly ledger: Ledger; readonly done: RunStepReport[] },
): Promise<void> {
  const { steps, ledger, done } = work;
  const runnable = async (step: PreparedStep) => ({
    step,
    source: await request.bodies.readSource(step.revision),
    journal: ledger.journal,
  });
  if (request.singleTransaction) {
    done.push(...(await runTogether(context, await Promise.all(steps.map(runnable)))));
    return;
  }
  for (const [index, step] of steps.entries()) {
    checkInterrupted(context);
    const place = {
      id: step.revision.id,
      message: step.revision.message,
      direction: step.direction,
      index: index + 1,
      of: steps.length,
    };
    context.on({ event: "revision-started", ...place });
    const started = context.now();
    try {
      const outcome = await runStep(context, await runnable(step), { finished: index, of: steps.length });
      const durationMs = context.now() - started;
      context.on({ event: "revision-finished", ...place, outcome, durationMs });
      done.push({
        id: place.id,
        message: place.message,
        file: step.revision.file,
        direction: step.direction,
        outcome,
        durationMs,
      });
    } catch (error) {
      await recordFailure(context, step, error, context.now() - started);
      throw error;
    }
  }
}

/** The log of attempts is for people; the run's own error matters more than a log that could not be written. */
async function recordFailure(
  context: RunContext,
  step: PreparedStep,
  error: unknown,
  durationMs: number,
): Promise<void> {
  const { session, engine, lock, write } = context;
  if (session.closed || isKeelsonError(error, "lock.lost")) return;
  try {
    if (lock.scope === "step") await lock.enter(session);
    else await session.script([engine.sql.begin, write.fence(context.epoch)]);
    const attempt = write.recordAttempt({
      run: context.runId,
      revision: step.revision.id,
      action: step.direction,
      outcome: "failed",
      durationMs,
      performedBy: context.performedBy,
      report: error instanceof Error ? error.message : String(error),
    });
    await session.script([attempt, "COMMIT"]);
  } catch {
    await session.rollback();
  }
}

/** Whether a run that failed has committed anything, so that the catalog stored before it is out of date. */
function changedSchema(done: readonly RunStepReport[], error: unknown): boolean {
  if (isKeelsonError(error, "lock.lost")) return false;
  return done.length > 0 || (isKeelsonError(error) && Number(error.details["committedStatements"] ?? 0) > 0);
}

async function keepCatalog(request: RunRequest, context: RunContext, applied: ReadonlySet<string>): Promise<void> {
  if (context.session.closed) return;
  try {
    await storeCatalog(context, request.headsOf(applied));
  } catch (error) {
    context.on({
      event: "notice",
      level: "warning",
      code: "catalog-not-stored",
      message: `The catalog could not be stored, so drift can't be judged until the next run: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

async function refuseOtherLedgers(engine: Engine, session: Session, ledger: Ledger): Promise<void> {
  if (ledger.exists) return;
  const [other] = findOtherLedgers(await engine.listTables(session));
  if (other === undefined) return;
  throw new KeelsonError(
    "ledger.foreign",
    `${engine.label} is looked after by ${other.tool}: it has the table ${other.table}, and no ledger of Keelson's. Nothing was run.`,
    {
      hint: "If the database already has what the revisions make, record that without running them: keelson stamp head (or the revision it stands at). From then on use Keelson only.",
      details: { tool: other.tool, table: other.table },
    },
  );
}

function confirmation(request: RunRequest, route: RunRoute, prepared: ReadonlyMap<string, PreparedStep>): Confirmation {
  const destroys: string[] = [];
  for (const step of prepared.values()) {
    for (const { parsed } of step.statements) {
      if (parsed.destroys !== null)
        destroys.push(`${step.section.file}:${step.section.firstLine + parsed.line - 1} ${parsed.destroys}`);
    }
  }
  return {
    database: request.engine.label,
    direction: route.direction === "down" ? "down" : "up",
    revisions: route.steps,
    destroys,
  };
}

/** Another run may have changed what is left to do; what was never shown to the person is not run. */
function expectPrepared(
  prepared: ReadonlyMap<string, PreparedStep>,
  revision: Revision,
  route: RunRoute,
): PreparedStep {
  const step = prepared.get(revision.id);
  if (step !== undefined && (step.direction === "down") === (route.direction === "down")) return step;
  throw new KeelsonError(
    "lock.lost",
    `Another run changed the database while this one waited: ${revision.id} was not among the revisions to run. Nothing was run.`,
    {
      hint: "Look at where the database stands (keelson status) and run again.",
    },
  );
}

function appliedAfter(applied: ReadonlySet<string>, steps: readonly RunStepReport[]): ReadonlySet<string> {
  const after = new Set(applied);
  for (const step of steps) {
    if (step.direction === "up") after.add(step.id);
    else after.delete(step.id);
  }
  return after;
}

function report(
  request: RunRequest,
  started: number,
  direction: RunReport["direction"],
  steps: readonly RunStepReport[],
  applied: ReadonlySet<string>,
): RunReport {
  return {
    database: request.engine.label,
    target: request.target,
    direction,
    steps,
    heads: request.headsOf(applied),
    durationMs: request.now() - started,
  };
}

/** A statement that was cancelled on request is an interruption, not a defect of its file. */
function interruption(request: RunRequest, error: unknown): unknown {
  if (request.signal?.aborted !== true || !isKeelsonError(error) || error.code === "run.interrupted") return error;
  return new KeelsonError("run.interrupted", `The run was stopped. ${error.message}`, {
    hint: "Run the same command again to go on.",
    details: error.details,
    cause: error,
  });
}

function notTransactional(step: PreparedStep): KeelsonError {
  return new KeelsonError(
    "revision.not-transactional",
    `${step.section.file} has statements that need commits of their own, so the run can't be one transaction. Nothing was run.`,
    {
      hint: "Run without --single-transaction: such revisions are journalled statement by statement and can be resumed.",
      details: { revision: step.revision.id, file: step.section.file },
    },
  );
}
