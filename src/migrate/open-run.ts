import type { RunLock, Session } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { readHolder, readLedger } from "../store/read-ledger.ts";
import { createStore, ledgerStatements, takeEpoch } from "../store/write-ledger.ts";
import type { RunContext } from "./run-context.ts";
import type { RunRequest } from "./run-request.ts";

/** Waits for the run lock; says whom it waits for, and names them when the time is up. */
export async function acquireRunLock(
  request: RunRequest,
  session: Session,
  spansTransactions: boolean,
): Promise<RunLock> {
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
export async function openStore(request: RunRequest, session: Session, lock: RunLock): Promise<RunContext> {
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
  const { engine, history, runId, performedBy, lockTimeoutMs, lockRetries, hash, now, sleep, on, confirm, signal } =
    request;
  const { requirementsOf, dependantsOf } = request;
  const write = ledgerStatements(engine.sql, history);
  return {
    engine,
    session,
    lock,
    epoch,
    history,
    write,
    prepared: null,
    requirementsOf,
    dependantsOf,
    runId,
    performedBy,
    lockTimeoutMs,
    lockRetries,
    hash,
    now,
    sleep,
    on,
    confirm,
    signal,
    required: null,
  };
}
