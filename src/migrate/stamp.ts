import type { Engine, RunLock, Session } from "../engines/engine.ts";
import { KeelsonError } from "../errors.ts";
import type { Revision } from "../history/revision.ts";
import { type Ledger, readLedger } from "../store/read-ledger.ts";
import { createStore, type LedgerStatements, ledgerStatements, takeEpoch } from "../store/write-ledger.ts";
import type { BodySource } from "./prepare.ts";
import { storeCatalog } from "./store-catalog.ts";

/** Changes to the ledger that run nothing of the revisions. */
export interface StampPlan {
  readonly add: readonly Revision[];
  readonly remove: readonly string[];
  /** Applied revisions whose text in the ledger becomes the file's. */
  readonly accept: readonly Revision[];
  /** A journalled statement about which a person decided. */
  readonly settle: { readonly revision: string; readonly statement: number; readonly tookEffect: boolean } | null;
}

/** What stamping needs; the pieces that touch the world are handed in. */
export interface StampRequest {
  readonly engine: Engine;
  readonly bodies: BodySource;
  readonly history: string;
  readonly plan: (ledger: Ledger) => StampPlan;
  readonly confirm: (plan: StampPlan) => Promise<void>;
  readonly lockTimeoutMs: number;
  readonly runLockTimeoutMs: number;
  readonly runId: string;
  readonly performedBy: string;
  /** Ids that stand at the top of the applied set. */
  readonly headsOf: (applied: ReadonlySet<string>) => readonly string[];
  readonly hash: (text: string) => string;
  readonly signal: AbortSignal | undefined;
}

/** Records revisions as applied, or as not applied, without running them: one transaction, under the run lock. */
export async function stampLedger(request: StampRequest): Promise<StampPlan> {
  const { engine, history } = request;
  const session = await engine.open("write");
  try {
    const before = request.plan(await readLedger(engine, session, history));
    if (isEmpty(before)) return before;
    await request.confirm(before);
    const lock = await engine.acquireLock({
      name: history,
      timeoutMs: request.runLockTimeoutMs,
      work: session,
      spansTransactions: false,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    try {
      return await stampLocked(request, session, lock);
    } finally {
      await lock.release();
    }
  } finally {
    await session.close();
  }
}

async function stampLocked(request: StampRequest, session: Session, lock: RunLock): Promise<StampPlan> {
  const { engine, history } = request;
  const begin = async (): Promise<void> => {
    if (lock.scope === "step") await lock.enter(session);
    else await session.script([engine.sql.begin, ...engine.sql.lockTimeout(request.lockTimeoutMs)]);
  };
  try {
    const exists = (await readLedger(engine, session, history)).exists;
    if (exists) await begin();
    else await createStore(engine, session, begin);
    // Inside the transaction that holds the lock, nobody else can change the ledger any more.
    const ledger = await readLedger(engine, session, history);
    const plan = request.plan(ledger);
    const epoch = await takeEpoch(engine, session, history, request.performedBy);
    const write = ledgerStatements(engine.sql, history);
    await session.script([...(await statements(request, write, plan)), "COMMIT"]);
    // Whoever stamps says that the database, as it is, stands there: drift counts from now on.
    const place = { engine, session, lock, epoch, write, hash: request.hash };
    if (plan.add.length + plan.remove.length > 0) {
      // The ledger is committed: a catalog that could not be stored is told by check, and is no failure of the stamp.
      await storeCatalog(place, request.headsOf(appliedAfter(ledger, plan))).catch(() => undefined);
    }
    return plan;
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

function appliedAfter(ledger: Ledger, plan: StampPlan): ReadonlySet<string> {
  const removed = new Set(plan.remove);
  return new Set([...[...ledger.applied].filter((id) => !removed.has(id)), ...plan.add.map((revision) => revision.id)]);
}

async function statements(request: StampRequest, write: LedgerStatements, plan: StampPlan): Promise<readonly string[]> {
  const result: string[] = [];
  const log = (revision: string, outcome: "recorded" | "removed") =>
    write.recordAttempt({
      run: request.runId,
      revision,
      action: "stamp",
      outcome,
      durationMs: 0,
      performedBy: request.performedBy,
      report: null,
    });
  for (const revision of plan.add) {
    const { id, file, message, parents, checksum } = revision;
    const source = await request.bodies.readSource(revision);
    result.push(
      write.recordApplied({
        id,
        file,
        message,
        parents,
        checksum,
        source,
        origin: "stamp",
        appliedBy: request.performedBy,
        durationMs: 0,
      }),
      write.clearJournal(id),
      log(id, "recorded"),
    );
  }
  for (const id of plan.remove) result.push(write.removeApplied(id), write.clearJournal(id), log(id, "removed"));
  for (const revision of plan.accept) {
    result.push(
      write.acceptText(revision.id, revision.checksum, await request.bodies.readSource(revision)),
      log(revision.id, "recorded"),
    );
  }
  if (plan.settle !== null) result.push(settleStatement(write, plan.settle));
  return result;
}

function settleStatement(write: LedgerStatements, settle: NonNullable<StampPlan["settle"]>): string {
  return settle.tookEffect
    ? write.markJournalDone(settle.revision, settle.statement)
    : write.forgetJournalStatement(settle.revision, null, settle.statement);
}

function isEmpty(plan: StampPlan): boolean {
  return plan.add.length === 0 && plan.remove.length === 0 && plan.accept.length === 0 && plan.settle === null;
}

/** Reads `revision:statement` as printed by the error that asks a person to decide. */
export function parseStatementName(
  name: string,
  ledger: Ledger,
): { readonly revision: string; readonly statement: number } {
  const match = /^(.+):(\d+)$/.exec(name);
  const revision = match?.[1] ?? "";
  const statement = Number(match?.[2] ?? 0) - 1;
  const entry = ledger.journal.find(
    (candidate) => candidate.revision === revision && candidate.statement === statement,
  );
  if (entry !== undefined && entry.state === "started") return { revision, statement };
  const open = ledger.journal
    .filter((candidate) => candidate.state === "started")
    .map((e) => `${e.revision}:${e.statement + 1}`);
  throw new KeelsonError("usage.invalid", `${name} is not a statement whose effect is unknown.`, {
    hint: open.length === 0 ? "No statement waits for such a decision." : `Waiting for a decision: ${open.join(", ")}`,
  });
}
