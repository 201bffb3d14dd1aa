import { isKeelsonError, KeelsonError } from "../errors.ts";
import { isFenceFailure } from "../store/write-ledger.ts";
import { lockLost } from "./failure.ts";
import type { RunContext } from "./run-context.ts";

/** One transaction of a run, in the order its parts are executed. */
export interface TransactionPlan {
  /** Names the work in retry messages. */
  readonly revision: string;
  /** Statements that must run before BEGIN to have an effect. */
  readonly settings: readonly string[];
  /** Session settings that earlier statements of the same revision have made, in an earlier transaction. */
  readonly session: readonly string[];
  /** Whether `statements` set something for the session, so that it must be undone before the ledger is written. */
  readonly changesSession: boolean;
  /** Checks that need an answer before the first of the statements; throws to stop it. */
  readonly before?: (() => Promise<void>) | null;
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
  /** The index in `statements`. */
  readonly statement: number;
  override readonly cause: unknown;

  constructor(statement: number, cause: unknown) {
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
      if (isKeelsonError(cause) && context.prepared?.forgetAfter(cause) === true) continue;
      const retry =
        isKeelsonError(cause, "lock.timeout") &&
        context.lock.scope === "run" &&
        attempt <= context.lockRetries &&
        context.signal?.aborted !== true;
      if (!retry) throw namingBlockers(context, error);
      await pause(context, plan.revision, attempt);
    }
  }
}

/**
 * Does work outside of transactions with session settings made for it, and undoes them. Behind a pooler in transaction
 * mode the settings would stay on a server session that others get, so there it is refused.
 */
export async function withSettings<Result>(
  context: RunContext,
  settings: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  if (settings.length === 0) return await work();
  if (context.lock.pooled === true) throw settingsNeedDirectConnection(settings);
  const { session, engine } = context;
  await session.script(settings);
  try {
    return await work();
  } finally {
    if (!session.closed) await session.script(engine.sql.resetSession);
  }
}

function settingsNeedDirectConnection(settings: readonly string[]): KeelsonError {
  return new KeelsonError(
    "lock.pooler",
    `A statement that can't run in a transaction needs \`${settings.at(-1)}\` before it, and behind a pooler in transaction mode that would be set for others instead. The statement was not run.`,
    {
      hint: "Give the address of the server itself for migrations: directUrl in keelson.config.ts, MIGRATION_DATABASE_URL, or --direct-url. The run then goes on from here.",
    },
  );
}

/** Everything in one round trip, unless an answer is needed before the commit. */
async function underRunLock(context: RunContext, plan: TransactionPlan): Promise<"done"> {
  const { engine, session, lock } = context;
  lock.assertHeld();
  const opening = [
    ...plan.settings,
    engine.sql.begin,
    ...engine.sql.lockTimeout(context.lockTimeoutMs),
    context.prepared?.usable === true ? context.prepared.fence() : context.write.fence(context.epoch),
    ...plan.session,
  ];
  const closing = closingStatements(context, plan, null);
  const asked = plan.before ?? null;
  if (plan.check === null && asked === null) {
    await numbered(
      opening.length,
      plan.statements.length,
      session.script([...opening, ...plan.statements, ...closing]),
    );
    return "done";
  }
  await open(context, plan, opening);
  await plan.check?.();
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
  const opening = [...engine.sql.lockTimeout(context.lockTimeoutMs), ...plan.session];
  await open(context, plan, opening);
  await plan.check?.();
  await session.script(closingStatements(context, plan, context.now() - started));
  return "done";
}

/** Opens a transaction and runs the statements of the work, in one round trip unless an answer is needed before them. */
async function open({ session }: RunContext, plan: TransactionPlan, opening: readonly string[]): Promise<void> {
  const asked = plan.before ?? null;
  if (asked !== null) {
    await session.script(opening);
    await asked();
  }
  const sent = asked === null ? opening : [];
  await numbered(sent.length, plan.statements.length, session.script([...sent, ...plan.statements]));
}

/** A role or search_path that the work has set must neither write the ledger nor reach what comes after. */
function closingStatements(context: RunContext, plan: TransactionPlan, elapsedMs: number | null): readonly string[] {
  const reset = context.engine.sql.resetSession;
  return [
    ...(plan.changesSession || plan.session.length > 0 ? reset : []),
    ...plan.records(elapsedMs),
    "COMMIT",
    ...reset,
  ];
}

/** Turns the failing statement's place in the script into its place among the caller's statements. */
async function numbered(before: number, count: number, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    const index = Number(error.details["statement"] ?? -1) - before;
    throw index >= 0 && index < count ? new GroupFailure(index, error) : error;
  }
}

/** What was said of a lock that did not come in time, with who holds it, as far as that was seen. */
function namingBlockers(context: RunContext, error: unknown): unknown {
  if (error instanceof GroupFailure) {
    const named = namingBlockers(context, error.cause);
    return named === error.cause ? error : new GroupFailure(error.statement, named);
  }
  const blockers = context.lock.blockers();
  if (!isKeelsonError(error, "lock.timeout") || blockers.length === 0) return error;
  const { code, message, hint, details } = error;
  return new KeelsonError(code, `${message} It is held by ${blockers.join("; ")}.`, {
    ...(hint === undefined ? {} : { hint }),
    details: { ...details, blockers },
    cause: error,
  });
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
