import { isKeelsonError } from "../errors.ts";
import type { Ledger } from "../store/read-ledger.ts";
import { runCodeStep } from "./code-step.ts";
import type { BodySource, PreparedStep } from "./prepare.ts";
import { checkInterrupted, type RunContext } from "./run-context.ts";
import type { RunStepReport } from "./run-report.ts";
import { type RunnableStep, runStep } from "./run-step.ts";
import { runTogether } from "./run-together.ts";

/** The steps of one run. */
export interface RunWork {
  readonly steps: readonly PreparedStep[];
  /** As it was read under the run lock. */
  readonly ledger: Ledger;
  readonly bodies: BodySource;
  readonly singleTransaction: boolean;
  /** Each step is added as soon as it is committed, so that a failure tells what came before it. */
  readonly done: RunStepReport[];
}

/** Runs the steps in their order, or all of them in one transaction. */
export async function runSteps(context: RunContext, work: RunWork): Promise<void> {
  const { steps, done } = work;
  if (work.singleTransaction) {
    done.push(...(await runTogether(context, await Promise.all(steps.map((step) => runnable(work, step))))));
    return;
  }
  let ahead = readAhead(work, 0);
  for (const [index, step] of steps.entries()) {
    checkInterrupted(context);
    const { id, message, file } = step.revision;
    const { direction } = step;
    const place = { id, message, direction, index: index + 1, of: steps.length };
    context.on({ event: "revision-started", ...place });
    const started = context.now();
    try {
      const position = { finished: index, of: steps.length };
      const running = (step.code === null ? runStep : runCodeStep)(context, await ahead, position);
      // The next file is read while the database works on this one.
      ahead = readAhead(work, index + 1);
      const outcome = await running;
      const durationMs = context.now() - started;
      done.push({ id, message, file, direction, outcome, durationMs });
      context.on({ event: "revision-finished", ...place, outcome, durationMs });
    } catch (error) {
      await recordFailure(context, step, error, context.now() - started);
      throw error;
    }
  }
}

/** What can't be read is told when its turn comes: the step before it must end first. */
function readAhead(work: RunWork, index: number): Promise<RunnableStep> {
  const step = work.steps[index];
  const reading = step === undefined ? new Promise<never>(() => undefined) : runnable(work, step);
  reading.catch(() => undefined);
  return reading;
}

async function runnable({ bodies, ledger }: RunWork, step: PreparedStep): Promise<RunnableStep> {
  return { step, source: await bodies.readSource(step.revision), journal: ledger.journal };
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
