import type { Session } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { PreparedLedger } from "../store/prepared-ledger.ts";
import { type Ledger, readLedger } from "../store/read-ledger.ts";
import { findLosses } from "./foresee.ts";
import { acquireRunLock, openStore } from "./open-run.ts";
import { type PreparedStep, prepareStep } from "./prepare.ts";
import { recordSquashes } from "./record-squashes.ts";
import { refuseUnmet } from "./requirements.ts";
import { checkInterrupted, type RunContext } from "./run-context.ts";
import { expectPrepared, notTransactional, refuseOtherLedgers } from "./run-refusals.ts";
import type { RunReport, RunStepReport } from "./run-report.ts";
import type { Confirmation, RunRequest, RunRoute } from "./run-request.ts";
import { runSteps } from "./run-steps.ts";
import { storeCatalog } from "./store-catalog.ts";

/**
 * Takes a database along a route, exactly once whatever other runs do. A database that is where it should be costs one
 * read and no lock. Otherwise: judge, prepare, ask, lock, read again, run step by step, store the catalog.
 */
export async function run(request: RunRequest): Promise<RunReport> {
  const started = request.now();
  const session = await request.open();
  // A statement may run for hours: whoever stops the run does not want to wait for its end.
  const cancel = (): void => void session.cancel().catch(() => undefined);
  request.signal?.addEventListener("abort", cancel, { once: true });
  try {
    const before = await readLedger(request.engine, session, request.history);
    const route = request.route(before);
    if (route.direction === "none") return report(request, started, "none", [], before.applied);
    await refuseOtherLedgers(request.engine, session, before);
    const prepared = await prepareAll(request, route);
    const required = await refuseFirst(session, [...prepared.values()], before);
    const asked = request.now();
    await request.confirm(await confirmation(request, session, { route, prepared }));
    checkInterrupted(request);
    // The time that a person takes to answer is not the run's.
    return await runLocked(request, session, { prepared, required }, started + request.now() - asked);
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

/**
 * Asks what the first step requires before anybody is asked and anything is locked, and gives its id: the later ones
 * work on rows that those before them may change. A step that an earlier run has begun is not asked again.
 */
async function refuseFirst(session: Session, [first]: readonly PreparedStep[], ledger: Ledger): Promise<string | null> {
  if (first === undefined || first.requires.length === 0) return null;
  if (ledger.journal.some((entry) => entry.revision === first.revision.id)) return null;
  await refuseUnmet(session, first, ["Nothing was run."]);
  return first.revision.id;
}

/** What was made ready before the run took its lock. */
interface ReadyRun {
  readonly prepared: ReadonlyMap<string, PreparedStep>;
  /** The revision whose requirements hold. */
  readonly required: string | null;
}

async function runLocked(
  request: RunRequest,
  session: Session,
  { prepared, required }: ReadyRun,
  started: number,
): Promise<RunReport> {
  const { engine, history } = request;
  const lock = await acquireRunLock(
    request,
    session,
    [...prepared.values()].some((step) => step.journalled),
  );
  try {
    const context = { ...(await openStore(request, session, lock)), required };
    const found = await readLedger(engine, session, history);
    const covered = request.covered(found);
    await recordSquashes(context, request.bodies, covered);
    const ledger = covered.length === 0 ? found : await readLedger(engine, session, history);
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
      const { bodies, singleTransaction } = request;
      await runSteps(await preparedFor(steps, context), { steps, ledger, bodies, singleTransaction, done });
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

/** From this many revisions on, planning the ledger's statements once costs less than planning them each time. */
const preparedFrom = 5;

async function preparedFor(steps: readonly PreparedStep[], context: RunContext): Promise<RunContext> {
  const { engine, session, lock } = context;
  // Behind a pooler in transaction mode each transaction may reach another server session, which was told nothing.
  if (steps.length < preparedFrom || lock.scope !== "run" || lock.pooled === true) return context;
  const { sql } = engine;
  return { ...context, prepared: await PreparedLedger.open({ sql, session, write: context.write }, context) };
}

/** Whether a run that failed has committed anything, so that the catalog stored before it is out of date. */
function changedSchema(done: readonly RunStepReport[], error: unknown): boolean {
  if (isKeelsonError(error, "lock.lost")) return false;
  return done.length > 0 || (isKeelsonError(error) && Number(error.details["committedStatements"] ?? 0) > 0);
}

async function keepCatalog(request: RunRequest, context: RunContext, applied: ReadonlySet<string>): Promise<void> {
  if (context.session.closed) return;
  try {
    await storeCatalog(
      context,
      request.headsOf(applied).map((revision) => revision.id),
    );
  } catch (error) {
    context.on({
      event: "notice",
      level: "warning",
      code: "catalog-not-stored",
      message: `The catalog could not be stored, so drift can't be judged until the next run: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

async function confirmation(
  request: RunRequest,
  session: Session,
  { route, prepared }: { readonly route: RunRoute; readonly prepared: ReadonlyMap<string, PreparedStep> },
): Promise<Confirmation> {
  return {
    database: request.engine.label,
    direction: route.direction === "down" ? "down" : "up",
    revisions: route.steps,
    destroys: await findLosses(request.engine, session, [...prepared.values()]),
  };
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
  const current = request.headsOf(applied);
  return {
    database: request.engine.label,
    target: request.target,
    direction,
    steps,
    current: current.map(({ id, message }) => ({ id, message })),
    heads: current.map(({ id }) => id),
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
