import type { PreparedSqlText, Session, SqlText } from "../engines/engine.ts";
import { type AppliedRecord, insertApplied, insertAttempt, type LedgerStatements } from "./write-ledger.ts";

/** What is the same for every revision of a run. */
export interface RunFacts {
  readonly history: string;
  readonly epoch: number;
  readonly runId: string;
  readonly performedBy: string;
}

/** What differs from one applied revision to the next. */
export type StepFacts = Pick<AppliedRecord, "id" | "file" | "message" | "parents" | "checksum" | "source">;

const fenceName = "keelson_fence";
const appliedName = "keelson_applied";

/**
 * The statements around each revision of a long run, planned once: planning them anew costs the server a fifth of the
 * time that a small revision takes. They mean what those of `LedgerStatements` mean. Not for a session whose statements
 * may reach different server sessions.
 */
export class PreparedLedger {
  readonly #text: PreparedSqlText;
  #forgotten = false;

  private constructor(text: PreparedSqlText) {
    this.#text = text;
  }

  /** Prepares the session; null where that would save nothing. */
  static async open(
    { sql, session, write }: { readonly sql: SqlText; readonly session: Session; readonly write: LedgerStatements },
    run: RunFacts,
  ): Promise<PreparedLedger | null> {
    const { prepared, transactionMs } = sql;
    if (prepared === null || transactionMs === null) return null;
    await session.script([
      prepared.prepare(fenceName, write.fence(run.epoch), 0),
      prepared.prepare(appliedName, recordBoth(sql, transactionMs, run), 6),
    ]);
    return new PreparedLedger(prepared);
  }

  /** False once the session has lost them. */
  get usable(): boolean {
    return !this.#forgotten;
  }

  fence(): string {
    return this.#text.execute(fenceName, []);
  }

  /** The rows of `ledger` and `attempt` of a revision that this run has applied; the server measures the time. */
  recordApplied({ id, file, message, parents, checksum, source }: StepFacts): string {
    return this.#text.execute(appliedName, [id, file, message, parents.join(","), checksum, source]);
  }

  /** Whether an error says that a revision has made the session forget (`DEALLOCATE ALL`); they are not used again then. */
  forgetAfter(error: { readonly details: Readonly<Record<string, unknown>> }): boolean {
    const { sqlstate } = error.details;
    if (this.#forgotten || typeof sqlstate !== "string") return false;
    this.#forgotten = this.#text.isForgotten({ ...noFailure, sqlstate });
    return this.#forgotten;
  }
}

const noFailure = { statement: 0, offset: null, detail: null, hint: null, where: null, connectionLost: false } as const;

function recordBoth(sql: SqlText, durationMs: string, run: RunFacts): string {
  const history = sql.literal(run.history);
  const performedBy = sql.literal(run.performedBy);
  const attempt = insertAttempt(sql, {
    history,
    run: sql.literal(run.runId),
    revision: "$1",
    action: sql.literal("up"),
    outcome: sql.literal("applied"),
    durationMs,
    performedBy,
    report: "NULL",
  });
  const applied = insertApplied(sql, {
    history,
    id: "$1",
    file: "$2",
    message: "$3",
    parents: "$4",
    checksum: "$5",
    origin: sql.literal("run"),
    appliedBy: performedBy,
    durationMs,
    source: "$6",
  });
  return `WITH attempt AS (${attempt}) ${applied}`;
}
