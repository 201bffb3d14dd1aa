import { isFenceFailure } from "../store/write-ledger.ts";
import { runCodeTogether } from "./code-step.ts";
import { lockLost, stepFailure } from "./failure.ts";
import type { RunContext } from "./run-context.ts";
import type { RunStepReport } from "./run-report.ts";
import { type RunnableStep, recordStep, requirementCheck, stepCheck } from "./run-step.ts";

/** Runs all steps and their ledger rows in one transaction: either every revision is applied, or none. */
export async function runTogether(
  context: RunContext,
  steps: readonly RunnableStep[],
): Promise<readonly RunStepReport[]> {
  const { engine, session, lock } = context;
  const done: RunStepReport[] = [];
  try {
    for (const { step } of steps) await session.script(step.settings.map((setting) => setting.sql));
    if (lock.scope === "step") await lock.enter(session);
    else
      await session.script([
        engine.sql.begin,
        ...engine.sql.lockTimeout(context.lockTimeoutMs),
        context.write.fence(context.epoch),
      ]);
    for (const [index, runnable] of (await notYetRecorded(context, steps)).entries()) {
      done.push(await runOne(context, runnable, { index: index + 1, of: steps.length }));
    }
    lock.assertHeld();
    await session.script(["COMMIT", ...engine.sql.resetSession]);
    return done;
  } catch (error) {
    await session.rollback();
    throw isFenceFailure(error) ? lockLost(error) : error;
  }
}

/** Where the lock lives in the transaction, another run may have been here just before it began. */
async function notYetRecorded(context: RunContext, steps: readonly RunnableStep[]): Promise<readonly RunnableStep[]> {
  const { engine, session, history } = context;
  if (context.lock.scope === "run") return steps;
  const result = await session.query(
    `SELECT id FROM ${engine.sql.table("ledger")} WHERE history = ${engine.sql.literal(history)}`,
  );
  const applied = new Set(result.rows.map((row) => String(row["id"])));
  return steps.filter(({ step }) => applied.has(step.revision.id) === (step.direction === "down"));
}

/** What one revision has set must not reach the next, although no commit lies between them. */
function betweenSteps(context: RunContext): readonly string[] {
  const { sql } = context.engine;
  return [...sql.resetSession, ...(context.lock.scope === "run" ? sql.lockTimeout(context.lockTimeoutMs) : [])];
}

async function runOne(
  context: RunContext,
  runnable: RunnableStep,
  place: { readonly index: number; readonly of: number },
): Promise<RunStepReport> {
  const { step } = runnable;
  const { id, message, file } = step.revision;
  const { direction } = step;
  context.on({ event: "revision-started", id, message, direction, ...place });
  const started = context.now();
  let running = 0;
  try {
    if (step.code !== null) await runCodeTogether(context, step);
    await requirementCheck(context, step)?.();
    for (const statement of step.statements) {
      running = statement.number;
      await context.session.query(statement.parsed.sql);
    }
    await stepCheck(context, step)?.();
    await context.session.script(betweenSteps(context));
    const durationMs = context.now() - started;
    await context.session.script(recordStep(context, runnable, durationMs));
    const outcome = direction === "up" ? "applied" : "reverted";
    context.on({ event: "revision-finished", id, message, direction, outcome, durationMs, ...place });
    return { id, message, file, direction, outcome, durationMs };
  } catch (error) {
    // The whole run is one transaction: what finished before the failure is rolled back with it.
    const state = { finished: 0, of: place.of, committed: 0, total: step.statements.length };
    if (step.code !== null) throw error;
    throw stepFailure(step, step.statements[running]?.parsed ?? null, error, state);
  }
}
