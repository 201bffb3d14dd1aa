import { isKeelsonError, KeelsonError } from "../../../errors.ts";
import { pause } from "../../../platform/poll.ts";
import type { LockRequest, RunLock, Session } from "../../engine.ts";
import { connectServer } from "../connect-server.ts";
import type { ServerTarget } from "../connection/server-target.ts";
import { ServerSession } from "../session/server-session.ts";
import type { LedgerHome } from "../sql-text.ts";
import { BlockerWatch } from "./blocker-watch.ts";
import { lockKey } from "./lock-key.ts";
import { holderQuery, isFreeQuery, otherBackends, takeStatements } from "./lock-statements.ts";
import { runScopeLock } from "./run-scope-lock.ts";

/** Where the lock is taken. */
export interface LockPlace {
  readonly target: ServerTarget;
  readonly ledger: LedgerHome;
}

interface Waiter {
  readonly request: LockRequest;
  readonly work: ServerSession;
  readonly key: bigint;
  readonly started: number;
  lastTold: number | null;
}

/** How long a pooler may take to give the work session a connection before its pool is suspected to be a pool of one. */
const suspicionMs = 1500;
const certaintyMs = 15_000;

/**
 * Takes the run lock: an advisory lock in an open transaction on a connection of its own. Whoever waits asks over its
 * work session, so fifty waiting processes need fifty connections and not a hundred.
 *
 * Behind a pooler whose pool has one connection that transaction would keep the work session waiting for ever. Then the
 * lock is given back, and each step takes it inside its own transaction.
 */
export async function acquireServerLock(request: LockRequest, place: LockPlace): Promise<RunLock> {
  const work = asServerSession(request.work);
  const key = lockKey(place.ledger, request.name);
  const waiter: Waiter = { request, work, key, started: performance.now(), lastTold: null };
  const target = besideWork(place.target, work);
  for (;;) {
    if (await isFree(waiter)) {
      const holder = await takeOver(waiter, target);
      if (holder !== null) return await settleScope(waiter, target, holder);
    }
    await wait(waiter);
  }
}

async function isFree({ work, key }: Waiter): Promise<boolean> {
  const { rows } = await work.query<{ readonly free: boolean }>(isFreeQuery(key));
  return rows[0]?.free === true;
}

/** The lock on its own connection with what the server says its process is, or null when another was faster. */
async function takeOver(
  waiter: Waiter,
  target: ServerTarget,
): Promise<{ readonly session: ServerSession; readonly pooled: boolean } | null> {
  const session = await openBeside(target).catch((error: unknown) => {
    // With no connection left the others are waiting too; one of them will end and leave its own.
    if (isKeelsonError(error) && error.details["sqlstate"] === "53300" && remainingMs(waiter) > 0) return null;
    throw error;
  });
  if (session === null) return null;
  try {
    const results = await session.script(takeStatements(waiter.key, session.serverVersion));
    const row = results.at(-1)?.rows[0];
    if (row?.["locked"] === true) return { session, pooled: row["pid"] !== session.processId };
  } catch (error) {
    await session.close();
    throw error;
  }
  await session.close();
  return null;
}

async function settleScope(
  waiter: Waiter,
  target: ServerTarget,
  holder: { readonly session: ServerSession; readonly pooled: boolean },
): Promise<RunLock> {
  const { session, pooled } = holder;
  try {
    if (pooled && !(await workGetsConnection(waiter, session))) {
      return stepScopeLock(waiter);
    }
  } catch (error) {
    await session.close();
    throw error;
  }
  const watch = new BlockerWatch({
    work: waiter.work,
    pooled,
    application: target.applicationName,
    connect: () => openBeside(target),
  });
  return runScopeLock(session, watch, pooled);
}

/**
 * Whether the work session still gets a server connection while the lock's transaction keeps one. If it has to wait,
 * the pool may be busy, which other connections of the pooler show, or have no other connection at all.
 */
async function workGetsConnection({ work, request }: Waiter, holder: ServerSession): Promise<boolean> {
  const started = performance.now();
  let answered = false;
  const probe = work.query("SELECT 1").then(() => {
    answered = true;
  });
  probe.catch(() => undefined);
  for (;;) {
    await Promise.race([probe, pause(100, request.signal)]);
    if (answered) return true;
    const waitedMs = performance.now() - started;
    if (waitedMs < suspicionMs) continue;
    const results = await holder.script(otherBackends);
    const alone = results.at(-1)?.rows[0]?.["others"] === 0;
    if (!alone && waitedMs < certaintyMs) continue;
    await holder.rollback();
    await holder.close();
    await probe;
    return false;
  }
}

/** The lock of a pool of one: taken anew inside each step's own transaction. */
function stepScopeLock(waiter: Waiter): RunLock {
  const { key } = waiter;
  return {
    scope: "step",
    protectsAutocommit: false,
    async enter(session) {
      const work = asServerSession(session);
      const step: Waiter = { ...waiter, work, started: performance.now(), lastTold: null };
      for (;;) {
        const results = await work.script(takeStatements(key, work.serverVersion));
        if (results.at(-1)?.rows[0]?.["locked"] === true) return;
        await work.rollback();
        await wait(step);
      }
    },
    assertHeld: () => undefined,
    blockers: () => [],
    release: async () => undefined,
  };
}

/** Pauses between two attempts, longer the longer it has waited; `lock.timeout` when the time is up. */
async function wait(waiter: Waiter): Promise<void> {
  const { request, started, lastTold } = waiter;
  const now = performance.now();
  if (lastTold === null || now - lastTold >= 1000) {
    waiter.lastTold = now;
    request.onWait?.(Math.round(now - started));
  }
  const remaining = remainingMs(waiter);
  if (remaining <= 0) throw await timeoutError(waiter);
  const longest = Math.min(600, 60 + (now - started) / 10);
  await pause(Math.min(remaining, longest * (0.5 + Math.random() / 2)), request.signal);
}

function remainingMs({ request, started }: Waiter): number {
  return request.timeoutMs - (performance.now() - started);
}

async function timeoutError({ work, key, request }: Waiter): Promise<KeelsonError> {
  const { rows } = await work.query(holderQuery(key)).catch(() => ({ rows: [] }));
  const [holder] = rows;
  const who =
    holder === undefined
      ? "another run"
      : `server process ${holder["pid"]} (role ${holder["role"]}, application ${holder["application"]}, from ${holder["client"] ?? "a local socket"}) for ${holder["seconds"] ?? "?"} s`;
  return new KeelsonError(
    "lock.timeout",
    `The run lock was not free within ${request.timeoutMs / 1000} s; it is held by ${who}. Nothing was changed.`,
    {
      hint: "Wait for that run to end, or allow more time. A lock is free as soon as the process that holds it has ended.",
      details: { history: request.name, holder: holder ?? null },
    },
  );
}

async function openBeside(target: ServerTarget): Promise<ServerSession> {
  return new ServerSession(await connectServer(target), { mode: "write", observer: null });
}

/** Of several servers the lock must be on the very one that the work session is connected to. */
function besideWork(target: ServerTarget, work: ServerSession): ServerTarget {
  return { ...target, addresses: [work.connection.address] };
}

function asServerSession(session: Session): ServerSession {
  if (session instanceof ServerSession) return session;
  throw new KeelsonError("internal", "A session of another engine was handed to the PostgreSQL engine.");
}
