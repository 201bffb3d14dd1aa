import type { Engine, Session, SqlText, Value } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { isMissingTable } from "./read-ledger.ts";
import { createStoreTables } from "./store-schema.ts";

/** What is recorded of a revision that was applied. */
export interface AppliedRecord {
  readonly id: string;
  readonly file: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly checksum: string;
  readonly origin: "run" | "stamp" | "script";
  readonly appliedBy: string;
  /** Null to let the server measure its own transaction. */
  readonly durationMs: number | null;
  /** The canonical text of the file, so that an edited file can be compared with what ran. */
  readonly source: string | null;
}

/** One line of the log of everything that was tried. */
export interface AttemptRecord {
  readonly run: string;
  readonly revision: string;
  readonly action: "up" | "down" | "stamp";
  readonly outcome: "applied" | "reverted" | "failed" | "recorded" | "removed";
  readonly durationMs: number | null;
  readonly performedBy: string;
  readonly report: string | null;
}

/** Text in the result of the fence that tells a lost lock from every other failure. */
const fenceMarker = "keelson: the run lock was lost";

/**
 * Writes SQL for Keelson's tables of one history. Every method returns statements and runs nothing, so that they can
 * commit together with what they record.
 */
export function ledgerStatements(sql: SqlText, history: string) {
  const own = sql.literal(history);
  const elapsed = (measuredMs: number | null): string =>
    measuredMs === null && sql.transactionMs !== null ? sql.transactionMs : sql.literal(Math.round(measuredMs ?? 0));
  return {
    recordApplied(record: AppliedRecord): string {
      return insertApplied(sql, {
        ...literals(sql, { ...record, history, parents: record.parents.join(",") }),
        durationMs: elapsed(record.durationMs),
      });
    },
    removeApplied(id: string): string {
      return `DELETE FROM ${sql.table("ledger")} WHERE history = ${own} AND id = ${sql.literal(id)}`;
    },
    /** Replaces the recorded text and checksum of an applied revision. */
    acceptText(id: string, checksum: string, source: string): string {
      return `UPDATE ${sql.table("ledger")} SET checksum = ${sql.literal(checksum)}, source = ${sql.literal(source)} WHERE history = ${own} AND id = ${sql.literal(id)}`;
    },
    recordAttempt(record: AttemptRecord): string {
      return insertAttempt(sql, { ...literals(sql, { ...record, history }), durationMs: elapsed(record.durationMs) });
    },
    journalStatement(entry: {
      readonly revision: string;
      readonly direction: "up" | "down";
      readonly statement: number;
      readonly hash: string;
      readonly state: "started" | "done";
      readonly note: string | null;
      readonly epoch: number;
    }): string {
      const key = [
        entry.revision,
        entry.direction,
        entry.statement,
        entry.hash,
        entry.state,
        entry.note,
        entry.epoch,
      ].map(sql.literal);
      return `INSERT INTO ${sql.table("journal")} (history, revision, direction, statement, hash, state, note, epoch, changed_at) VALUES (${own}, ${key.join(", ")}, ${sql.now}) ON CONFLICT (history, revision, direction, statement) DO UPDATE SET hash = excluded.hash, state = excluded.state, note = excluded.note, epoch = excluded.epoch, changed_at = excluded.changed_at`;
    },
    /** Forgets one statement, in one direction or in whichever it was started. */
    forgetJournalStatement(revision: string, direction: "up" | "down" | null, statement: number): string {
      const inDirection = direction === null ? "" : ` AND direction = ${sql.literal(direction)}`;
      return `DELETE FROM ${sql.table("journal")} WHERE history = ${own} AND revision = ${sql.literal(revision)}${inDirection} AND statement = ${sql.literal(statement)}`;
    },
    /** Marks a started statement as one that took effect. */
    markJournalDone(revision: string, statement: number): string {
      return `UPDATE ${sql.table("journal")} SET state = 'done', note = NULL WHERE history = ${own} AND revision = ${sql.literal(revision)} AND statement = ${sql.literal(statement)}`;
    },
    clearJournal(revision: string): string {
      return `DELETE FROM ${sql.table("journal")} WHERE history = ${own} AND revision = ${sql.literal(revision)}`;
    },
    /**
     * Inside a step's transaction: fails unless this run still has the newest epoch, and keeps a successor from taking
     * a newer one until the transaction ends. The failing cast is the shortest way to stop a batch of statements on
     * the server, where no round trip can look at the answer first.
     */
    fence(epoch: number): string {
      return `SELECT CAST(CASE WHEN count(*) = 1 THEN '1' ELSE ${sql.literal(fenceMarker)} END AS integer) AS fence FROM (SELECT 1 FROM ${sql.table("lock")} WHERE history = ${own} AND epoch = ${epoch}${sql.forShare}) AS held`;
    },
    storeCatalog(hash: string, body: string, heads: readonly string[]): string {
      return `INSERT INTO ${sql.table("catalog")} (history, hash, body, heads, taken_at) VALUES (${own}, ${sql.literal(hash)}, ${sql.literal(body)}, ${sql.literal(heads.join(","))}, ${sql.now}) ON CONFLICT (history) DO UPDATE SET hash = excluded.hash, body = excluded.body, heads = excluded.heads, taken_at = excluded.taken_at`;
    },
  };
}

type AppliedColumn = keyof AppliedRecord | "history";
type AttemptColumn = keyof AttemptRecord | "history";

function literals<Key extends string>(sql: SqlText, values: Readonly<Record<Key, Value>>): Record<Key, string> {
  const written = Object.entries<Value>(values).map(([name, value]) => [name, sql.literal(value)]);
  return Object.fromEntries(written) as Record<Key, string>;
}

/** Inserts one row of `ledger`; the values are SQL. */
export function insertApplied(sql: SqlText, values: Readonly<Record<AppliedColumn, string>>): string {
  const { history, id, file, message, parents, checksum, origin, appliedBy, durationMs, source } = values;
  const row = [history, id, file, message, parents, checksum, origin, sql.now, appliedBy, durationMs, source];
  return `INSERT INTO ${sql.table("ledger")} (history, id, file, message, parents, checksum, origin, applied_at, applied_by, duration_ms, source) VALUES (${row.join(", ")})`;
}

/** Inserts one row of `attempt`; the values are SQL. */
export function insertAttempt(sql: SqlText, values: Readonly<Record<AttemptColumn, string>>): string {
  const { history, run, revision, action, outcome, durationMs, performedBy, report } = values;
  const row = [history, run, revision, action, outcome, sql.now, durationMs, performedBy, report];
  return `INSERT INTO ${sql.table("attempt")} (history, run, revision, action, outcome, started_at, duration_ms, performed_by, report) VALUES (${row.join(", ")})`;
}

/** The statements of one history's ledger. */
export type LedgerStatements = ReturnType<typeof ledgerStatements>;

/** Tells whether an error is the fence's answer to a run that lost its lock. */
export function isFenceFailure(error: unknown): boolean {
  return error instanceof KeelsonError && error.message.includes(fenceMarker);
}

/** How often creating the tables is tried: a run of another history may be creating them at the same moment. */
const creationAttempts = 4;

/**
 * Creates the tables that are missing, in a transaction that `begin` opens and the caller commits, under the run lock;
 * the schema is only created when it is missing, because a role may write in a schema that it could not create.
 */
export async function createStore(engine: Engine, session: Session, begin: () => Promise<void>): Promise<void> {
  const tables = createStoreTables(engine.sql);
  let home: readonly string[] = [];
  for (let attempt = 1; ; attempt++) {
    await begin();
    try {
      await session.script([...home, ...tables]);
      return;
    } catch (error) {
      await session.rollback();
      // IF NOT EXISTS doesn't help two that create at once: the second fails as soon as the first commits.
      if (!isKeelsonError(error, "statement.failed") || attempt === creationAttempts) throw error;
      if (isMissingTable(engine, error)) home = engine.sql.createHome;
    }
  }
}

/** Takes the next epoch for this run and says who holds the lock; inside the caller's transaction. */
export async function takeEpoch(engine: Engine, session: Session, history: string, holder: string): Promise<number> {
  const { sql } = engine;
  const own = sql.literal(history);
  const [, updated] = await session.script([
    `INSERT INTO ${sql.table("lock")} (history, epoch) VALUES (${own}, 0) ON CONFLICT DO NOTHING`,
    `UPDATE ${sql.table("lock")} SET epoch = epoch + 1, holder = ${sql.literal(holder)}, acquired_at = ${sql.now} WHERE history = ${own} RETURNING epoch`,
  ]);
  return Number(updated?.rows[0]?.["epoch"]);
}
