import type { Engine, Session, SqlText, StatementFailure } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { storeFormat } from "./store-schema.ts";

/** One applied revision, as the ledger knows it. */
export interface LedgerEntry {
  readonly id: string;
  readonly file: string;
  readonly message: string;
  readonly parents: readonly string[];
  readonly checksum: string;
  /** `run`: applied by a run; `stamp`: recorded without running; `script`: by a script that `sql` wrote. */
  readonly origin: string;
  readonly appliedAt: string;
  readonly appliedBy: string;
  readonly durationMs: number;
}

/** A statement of a revision that was begun and whose revision is not finished. */
export interface JournalEntry {
  readonly revision: string;
  readonly direction: "up" | "down";
  readonly statement: number;
  readonly hash: string;
  readonly state: "started" | "done";
  readonly note: string | null;
}

/** What one read of a database says about the revisions applied to it. */
export interface Ledger {
  /** False when this database has no ledger yet; then everything is empty. */
  readonly exists: boolean;
  readonly entries: ReadonlyMap<string, LedgerEntry>;
  readonly applied: ReadonlySet<string>;
  /** Statements of revisions that a run left half-way, in order. */
  readonly journal: readonly JournalEntry[];
}

/** A ledger without anything in it. */
export const emptyLedger: Ledger = { exists: false, entries: new Map(), applied: new Set(), journal: [] };

/**
 * Reads the ledger in one round trip and writes nothing. A database without a ledger gives an empty one; a ledger of a
 * newer Keelson is refused with `ledger.newer`, one that does not fit its format with `ledger.damaged`.
 */
export async function readLedger(engine: Engine, session: Session, history: string): Promise<Ledger> {
  return (await readTables(engine, session, history)) ?? (await missingLedger(engine, session, history));
}

/** Null when one of the tables is not there. */
async function readTables(engine: Engine, session: Session, history: string): Promise<Ledger | null> {
  const { sql } = engine;
  const own = `history = ${sql.literal(history)}`;
  try {
    const [meta, entries, journal] = await session.script([
      `SELECT value FROM ${sql.table("meta")} WHERE key = 'format'`,
      `SELECT id, checksum, ${detailsColumn(sql)} AS details
FROM ${sql.table("ledger")} WHERE ${own} ORDER BY applied_at, id`,
      `SELECT revision, direction, statement, hash, state, note
FROM ${sql.table("journal")} WHERE ${own} ORDER BY revision, direction, statement`,
    ]);
    checkFormat(engine, meta?.rows[0]?.["value"]);
    const byId = new Map<string, LedgerEntry>();
    for (const row of entries?.rows ?? []) {
      const entry = new EntryOfRow(row);
      byId.set(entry.id, entry);
    }
    return {
      exists: true,
      entries: byId,
      applied: new Set(byId.keys()),
      journal: (journal?.rows ?? []).map(toJournalEntry),
    };
  } catch (error) {
    await session.rollback();
    if (isMissingTable(engine, error)) return null;
    throw error;
  }
}

/** Whether a failed statement failed because one of Keelson's tables is not there. */
export function isMissingTable(engine: Engine, error: unknown): boolean {
  return (
    isKeelsonError(error, "statement.failed") &&
    engine.sql.isMissingTable(error.details as unknown as StatementFailure, error.message)
  );
}

/** Reads the text of a revision as it was when it was applied, or null when it was stamped without one. */
export async function readAppliedSource(
  engine: Engine,
  session: Session,
  history: string,
  id: string,
): Promise<string | null> {
  const { sql } = engine;
  const result = await session.query(
    `SELECT source FROM ${sql.table("ledger")} WHERE history = ${sql.literal(history)} AND id = ${sql.literal(id)}`,
  );
  const source = result.rows[0]?.["source"];
  return typeof source === "string" ? source : null;
}

/** Who took the run lock last, or null when nobody did; writes nothing. */
export async function readHolder(
  engine: Engine,
  session: Session,
  history: string,
): Promise<{ readonly holder: string; readonly since: string } | null> {
  const { sql } = engine;
  try {
    const result = await session.query(
      `SELECT holder, ${sql.epochMs("acquired_at")} AS since_ms FROM ${sql.table("lock")} WHERE history = ${sql.literal(history)} AND holder IS NOT NULL`,
    );
    const row = result.rows[0];
    if (row === undefined) return null;
    return { holder: String(row["holder"]), since: new Date(Number(row["since_ms"])).toISOString() };
  } catch (error) {
    if (isMissingTable(engine, error)) return null;
    throw error;
  }
}

/** Some tables missing is damage; all of them missing is a database that Keelson has not touched. */
async function missingLedger(engine: Engine, session: Session, history: string): Promise<Ledger> {
  try {
    const format = await session.query(`SELECT value FROM ${engine.sql.table("meta")} WHERE key = 'format'`);
    checkFormat(engine, format.rows[0]?.["value"]);
  } catch (error) {
    await session.rollback();
    if (isMissingTable(engine, error)) return emptyLedger;
    throw error;
  }
  // Another run may have created the tables, all at once, between the two reads.
  const created = await readTables(engine, session, history);
  if (created !== null) return created;
  throw new KeelsonError(
    "ledger.damaged",
    `The ledger (${engine.sql.home}) in ${engine.label} lacks one of its tables.`,
    {
      hint: "Restore Keelson's tables from a backup. Nothing was changed.",
    },
  );
}

function checkFormat(engine: Engine, value: unknown): void {
  const format = Number(value);
  if (format === storeFormat) return;
  if (Number.isInteger(format) && format > storeFormat) {
    throw new KeelsonError(
      "ledger.newer",
      `The ledger in ${engine.label} has format ${format}; this Keelson understands format ${storeFormat}. Nothing was changed.`,
      {
        hint: "Use the Keelson version that the team uses: npm install keelson@latest",
        details: { format, understood: storeFormat },
      },
    );
  }
  throw new KeelsonError(
    "ledger.damaged",
    `The ledger (${engine.sql.home}) in ${engine.label} does not say its format.`,
    {
      hint: `Expected one row with key 'format' in ${engine.sql.table("meta")}. Restore Keelson's tables from a backup.`,
    },
  );
}

/**
 * Everything but id and checksum as one text, a line for each column: a driver spends its time on the number of values.
 * What may hold a line break comes last.
 */
function detailsColumn(sql: SqlText): string {
  const columns = [
    "parents",
    "origin",
    `(${sql.epochMs("applied_at")})`,
    "duration_ms",
    "applied_by",
    "file",
    "message",
  ];
  return columns.join(` || ${sql.literal("\n")} || `);
}

/** Most verbs look at the ids and checksums of thousands of rows and at nothing else; the rest is read when asked for. */
class EntryOfRow implements LedgerEntry {
  readonly id: string;
  readonly checksum: string;
  readonly #details: string;
  #columns: readonly string[] | null = null;

  constructor(row: Readonly<Record<string, unknown>>) {
    this.id = String(row["id"]);
    this.checksum = String(row["checksum"]);
    this.#details = String(row["details"]);
  }

  get parents(): readonly string[] {
    return this.#column(0).split(",").filter(Boolean);
  }

  get origin(): string {
    return this.#column(1);
  }

  get appliedAt(): string {
    return new Date(Number(this.#column(2))).toISOString();
  }

  get durationMs(): number {
    return Number(this.#column(3));
  }

  get appliedBy(): string {
    return this.#column(4);
  }

  get file(): string {
    return this.#column(5);
  }

  get message(): string {
    return (this.#columns ?? this.#split()).slice(6).join("\n");
  }

  #column(place: number): string {
    return (this.#columns ?? this.#split())[place] ?? "";
  }

  #split(): readonly string[] {
    this.#columns = this.#details.split("\n");
    return this.#columns;
  }
}

function toJournalEntry(row: Readonly<Record<string, unknown>>): JournalEntry {
  return {
    revision: String(row["revision"]),
    direction: row["direction"] === "down" ? "down" : "up",
    statement: Number(row["statement"]),
    hash: String(row["hash"]),
    state: row["state"] === "done" ? "done" : "started",
    note: row["note"] === null || row["note"] === undefined ? null : String(row["note"]),
  };
}
