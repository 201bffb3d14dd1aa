import { KeelsonError } from "../../../errors.ts";
import { hostFacts } from "../../../platform/host.ts";
import { pause } from "../../../platform/poll.ts";
import type { LockHolder, LockRequest, RunLock, Session } from "../../engine.ts";
import { ForeignKeyGuard } from "../foreign-keys/foreign-key-guard.ts";
import type { Driver } from "../load-driver.ts";
import { SqliteSession } from "../sqlite-session.ts";
import { lockHolders, nameHolders } from "./lock-holders.ts";
import { type HeldLockFile, lockFileExists, tryLockFile } from "./run-lock-file.ts";

/** The database a lock is for. */
export interface LockPlace {
  readonly driver: Driver;
  readonly label: string;
  /** Null in memory, where no other process can be. */
  readonly file: string | null;
}

/**
 * The right to change a SQLite database: `BEGIN IMMEDIATE` for each step. A run with statements outside transactions
 * holds a lock file too, for as long as it lasts.
 *
 * Lock order: the lock file, then the database. A step of a run without a lock file looks for another run's lock file
 * only after its `BEGIN IMMEDIATE`: from then on that other run can change nothing until the step ends, so that no step
 * ever sees a half-done statement of a run that is alive.
 */
export async function acquireRunLock(place: LockPlace, request: LockRequest): Promise<RunLock> {
  const { file } = place;
  const spanning = file !== null && request.spansTransactions ? await holdLockFile(place, file, request) : null;
  return {
    scope: "step",
    protectsAutocommit: spanning !== null || file === null,
    enter: (session) => enterStep(place, request, spanning, session),
    assertHeld: () => {
      if (spanning !== null && !spanning.isHeld()) throw lockFileGone(place);
    },
    blockers: () => (file !== null && sqliteSession(request.work).waiting ? lockHolders(file) : []),
    release: async () => spanning?.release(),
  };
}

/** The session behind the contract; locks and checks need more than it shows. */
export function sqliteSession(session: Session): SqliteSession {
  if (session instanceof SqliteSession) return session;
  throw new KeelsonError("internal", "A session of another engine was handed to the SQLite engine.");
}

async function holdLockFile(place: LockPlace, file: string, request: LockRequest): Promise<HeldLockFile> {
  const started = performance.now();
  const me = describeMe(request.name);
  let holder: LockHolder | null = null;
  let told = 0;
  for (;;) {
    const attempt = tryLockFile(place.driver, file, place.label, me);
    if ("held" in attempt) return attempt.held;
    holder = attempt.holder ?? holder;
    const waitedMs = performance.now() - started;
    if (waitedMs >= request.timeoutMs) throw lockFileTaken(place, request, holder);
    if (waitedMs - told >= 1000) {
      told = waitedMs;
      request.onWait?.(Math.round(waitedMs));
    }
    await pause(50 + Math.random() * 50, request.signal);
  }
}

async function enterStep(
  place: LockPlace,
  request: LockRequest,
  spanning: HeldLockFile | null,
  session: Session,
): Promise<void> {
  const work = sqliteSession(session);
  // Inside a transaction this pragma is ignored, and a table rebuild would then delete the rows of child tables.
  if (!work.foreignKeysAsked) await work.query("PRAGMA foreign_keys=OFF");
  const started = performance.now();
  const { onWait, signal } = request;
  for (;;) {
    const waitedMs = performance.now() - started;
    const began = await work.beginImmediate({
      limitMs: Math.max(0, request.timeoutMs - waitedMs),
      ...(onWait === undefined ? {} : { onWait: (moreMs: number) => onWait(Math.round(waitedMs + moreMs)) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (!began) throw stepTimeout(place, request);
    if (spanning !== null || place.file === null) break;
    const other = otherLockFile(place, place.file, request.name);
    if (other === null) break;
    await work.rollback();
    if (performance.now() - started >= request.timeoutMs) throw lockFileTaken(place, request, other.holder);
    await pause(50 + Math.random() * 50, signal);
  }
  await ForeignKeyGuard.of(work).begin();
}

/** Whether another run holds the lock file; one that a killed run left behind is removed. */
function otherLockFile(place: LockPlace, file: string, name: string): { readonly holder: LockHolder | null } | null {
  if (!lockFileExists(file)) return null;
  const attempt = tryLockFile(place.driver, file, place.label, describeMe(name));
  if (!("held" in attempt)) return attempt;
  attempt.held.release();
  return null;
}

function describeMe(history: string): string {
  const { hostname, pid, user } = hostFacts();
  return `process ${pid} of ${user} on ${hostname} (history ${history})`;
}

function stepTimeout(place: LockPlace, request: LockRequest): KeelsonError {
  const who = nameHolders(place.file);
  return new KeelsonError(
    "lock.timeout",
    `${place.label} was not free for writing within ${seconds(request)}: ${who} was writing to it. The step was not begun.`,
    {
      hint: "Wait for the other program to end, or give this run more time: --run-lock-timeout 10m",
      details: { holder: who, since: null },
    },
  );
}

function lockFileTaken(place: LockPlace, request: LockRequest, holder: LockHolder | null): KeelsonError {
  const who = holder === null ? "another run" : `${holder.holder}, since ${holder.since}`;
  return new KeelsonError(
    "lock.timeout",
    `The run lock of ${place.label} was not free within ${seconds(request)}; held by ${who}.`,
    {
      hint: "Wait for the other run to end, or give this one more time: --run-lock-timeout 10m",
      details: { holder: holder?.holder ?? null, since: holder?.since ?? null },
    },
  );
}

function lockFileGone(place: LockPlace): KeelsonError {
  return new KeelsonError(
    "lock.lost",
    `The lock file beside ${place.label} was removed while this run held it, so another run may have begun.`,
    {
      hint: "Look at where the database stands (keelson status), then run the same command again: it goes on from there.",
    },
  );
}

function seconds(request: LockRequest): string {
  return `${request.timeoutMs / 1000} s`;
}
