import { isKeelsonError } from "../errors.ts";
import { isFenceFailure } from "../store/write-ledger.ts";
import { lockLost } from "./failure.ts";
import type { RunContext } from "./run-context.ts";

/** One transaction of a run, in the order its parts are executed. */
export interface TransactionPlan {
  /** Names the work in retry messages. */
  readonly revision: string;
  /** Statements that must run before BEGIN to have an effect. */
  readonly settings: readonly string[];
  readonly statements: readonly string[];
  /** Checks that need an answer before COMMIT; throws to stop it. */
  readonly check: (() => Promise<void>) | null;
  /** Ledger statements that commit together with the work. */
  readonly records: (elapsedMs: number | null) => readonly string[];
  /** Asked inside the transaction where the lock does not span transactions; true means another run did the work already. */
  readonly alreadyDone: () => Promise<boolean>;
}

/** A statement of the caller's that failed, told apart from the statements around it. */
export class GroupFailure extends Error {
  override readonly name = "GroupFailure";
  /** The index in `statements`, or null when the failure was outside them. */
  readonly statement: number | null;
  override readonly cause: unknown;

  constructor(statement: number | null, cause: unknown) {
    super("a statement of the transaction failed");
    this.statement = statement;
    this.cause = cause;
  }
}

/**
 * Runs one transaction under the run lock: work and ledger rows commit together or not at all. A transaction that
 * waited too long for a lock is rolled back and tried again as a whole, with growing pauses.
 *
 * Returns `skipped` when another run had done the work already.
 */
export async function runTransaction(context: RunContext, plan: TransactionPlan): Promise<"done" | "skipped"> {
  for (let attempt = 1; ; attempt++) {
    try {
      return context.lock.scope === "run" ? await underRunLock(context, plan) : await underStepLock(context, plan);
    } catch (error) {
      await context.session.rollback();
      const cause = error instanceof GroupFailure ? error.cause : error;
      if (isFenceFailure(cause)) throw lockLost(cause);
      const retry =
        isKeelsonError(cause, "lock.timeout") &&
        context.lock.scope === "run" &&
        attempt <= context.lockRetries &&
        context.signal?.aborted !== true;
      if (!retry) throw error;
      await pause(context, plan.revision, attempt);
    }
  }
}

/** Everything in one round trip, unless an answer is needed before the commit. */
async function underRunLock(context: RunContext, plan: TransactionPlan): Promise<"done"> {
  const { engine, session, lock } = context;
  lock.assertHeld();
  const opening = [
    ...plan.settings,
    engine.sql.begin,
    ...engine.sql.lockTimeout(context.lockTimeoutMs),
    context.write.fence(context.epoch),
  ];
  const closing = [...plan.records(null), "COMMIT", ...engine.sql.resetSession];
  if (plan.check === null) {
    await numbered(opening.length, plan.statements.length, session.script([...opening, ...plan.statements, ...closing]));
    return "done";
  }
  await numbered(opening.length, plan.statements.length, session.script([...opening, ...plan.statements]));
  await plan.check();
  lock.assertHeld();
  await session.script(closing);
  return "done";
}

/** The lock lives in the transaction, so the ledger is asked again inside it. */
async function underStepLock(context: RunContext, plan: TransactionPlan): Promise<"done" | "skipped"> {
  const { engine, session, lock } = context;
  const started = context.now();
  if (plan.settings.length > 0) await session.script(plan.settings);
  await lock.enter(session);
  if (await plan.alreadyDone()) {
    await session.rollback();
    return "skipped";
  }
  const opening = engine.sql.lockTimeout(context.lockTimeoutMs);
  await numbered(opening.length, plan.statements.length, session.script([...opening, ...plan.statements]));
  await plan.check?.();
  await session.script([...plan.records(context.now() - started), "COMMIT", ...engine.sql.resetSession]);
  return "done";
}

/** Turns the failing statement's place in the script into its place among the caller's statements. */
async function numbered(before: number, count: number, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    const index = Number(error.details["statement"] ?? -1) - before;
    throw new GroupFailure(index >= 0 && index < count ? index : null, error);
  }
}

async function pause(context: RunContext, revision: string, attempt: number): Promise<void> {
  const delayMs = Math.min(1000 * 2 ** (attempt - 1), 8000);
  const blockers = context.lock.blockers();
  const reason =
    blockers.length === 0
      ? `a lock was not free within ${context.lockTimeoutMs} ms`
      : `a lock was not free within ${context.lockTimeoutMs} ms; held by ${blockers.join("; ")}`;
  context.on({ event: "retry", id: revision, attempt, reason, delayMs });
  await context.sleep(delayMs);
}
