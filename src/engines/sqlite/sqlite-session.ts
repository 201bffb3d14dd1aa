import { setImmediate } from "node:timers/promises";
import { KeelsonError } from "../../errors.ts";
import type { QueryResult, Session, Value } from "../engine.ts";
import type { Connection } from "./load-driver.ts";
import { type BusyWait, waitWhileBusy } from "./lock/wait-while-busy.ts";
import { bindings, toResult } from "./result-values.ts";
import { failureOffset } from "./script/failure-offset.ts";
import { readPragma } from "./script/statement-tokens.ts";
import { readTokens } from "./script/tokens.ts";
import { isBusy, statementError } from "./statement-error.ts";

/** What a session is made of. */
export interface SqliteSessionOptions {
  readonly connection: Connection;
  /** False where other sessions use the same connection (`:memory:`). */
  readonly ownsConnection: boolean;
  readonly mode: "read" | "write";
  readonly label: string;
  readonly file: string | null;
  readonly busyTimeoutMs: number;
  readonly onStatement: ((sql: string, milliseconds: number) => void) | undefined;
}

/** Hears of what happens on a session. */
export interface SessionListener {
  /** A statement was run and did not fail. */
  ran(sql: string): void;
  rolledBack(): void;
}

/** After this time without a pause the process gets one, so that timers and signals are served during long scripts. */
const breatheAfterMs = 25;

/** SQLite counts this question among the statements that write. */
const asksJournalMode = /^pragma\s+(?:main\s*\.\s*)?journal_mode$/i;

/** Session settings that a revision may change, and what they are without it. */
const defaultSettings: readonly (readonly [name: string, value: string])[] = [
  ["legacy_alter_table", "OFF"],
  ["ignore_check_constraints", "OFF"],
  ["recursive_triggers", "OFF"],
  ["reverse_unordered_selects", "OFF"],
  ["case_sensitive_like", "OFF"],
  ["writable_schema", "OFF"],
  ["locking_mode", "NORMAL"],
  ["synchronous", "FULL"],
  ["temp_store", "DEFAULT"],
];

/** One connection to a SQLite database. Waiting for other connections never blocks the process. */
export class SqliteSession implements Session {
  readonly dialect = "sqlite" as const;
  readonly #options: SqliteSessionOptions;
  readonly #listeners = new Set<SessionListener>();
  #closed = false;
  #waiting = false;
  #cancelled = false;
  #foreignKeysAsked = false;
  #lastPause = performance.now();

  constructor(options: SqliteSessionOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed || !this.#options.connection.open;
  }

  /** Whether a transaction is open. */
  get inTransaction(): boolean {
    return !this.closed && this.#options.connection.inTransaction;
  }

  /** Whether a statement waits for another connection right now. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Whether the caller has turned foreign keys on by a statement of its own. */
  get foreignKeysAsked(): boolean {
    return this.#foreignKeysAsked;
  }

  /** Adds a listener, for as long as the session lives. */
  listen(listener: SessionListener): void {
    this.#listeners.add(listener);
  }

  async query<Row = Readonly<Record<string, Value>>>(
    sql: string,
    params: readonly Value[] = [],
  ): Promise<QueryResult<Row>> {
    const result = await this.#run(sql, params, 0);
    return result as unknown as QueryResult<Row>;
  }

  async script(statements: readonly string[]): Promise<readonly QueryResult[]> {
    const results: QueryResult[] = [];
    for (const [index, sql] of statements.entries()) results.push(await this.#run(sql, [], index));
    return results;
  }

  /** Opens a transaction that holds the right to write; false when another connection kept it for the whole wait. */
  async beginImmediate(wait: BusyWait): Promise<boolean> {
    this.#assertOpen();
    const attempt = (): QueryResult | null => this.#attempt("BEGIN IMMEDIATE", [], 0);
    return (await this.#wait(attempt, wait)) !== null;
  }

  async rollback(): Promise<void> {
    if (!this.inTransaction) return;
    this.#noteRollback();
    // Some failures (a full disk) end the transaction by themselves, so its state is the connection's to tell.
    this.#options.connection.exec("ROLLBACK");
  }

  async reset(): Promise<void> {
    if (this.closed) return;
    await this.#dropTemporaryObjects();
    const attached = await this.query<{ readonly seq: number; readonly name: string }>("PRAGMA database_list");
    for (const { seq, name } of attached.rows) {
      if (seq > 1) await this.query("DETACH DATABASE $1", [name]);
    }
    await this.script(defaultSettings.map(([name, value]) => `PRAGMA ${name}=${value}`));
    await this.query("PRAGMA foreign_keys=ON");
    this.#foreignKeysAsked = false;
  }

  async cancel(): Promise<void> {
    this.#cancelled = this.#waiting;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    if (this.#options.ownsConnection) this.#options.connection.close();
    else await this.rollback();
    this.#closed = true;
  }

  /** A temporary table would hide a real one of the same name from the next revision. */
  async #dropTemporaryObjects(): Promise<void> {
    const objects = await this.query<{ readonly type: string; readonly name: string }>(
      "SELECT type, name FROM sqlite_temp_schema WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC",
    );
    for (const { type, name } of objects.rows) {
      await this.query(`DROP ${type} IF EXISTS temp."${name.replaceAll('"', '""')}"`);
    }
  }

  async #run(sql: string, params: readonly Value[], index: number): Promise<QueryResult> {
    this.#assertOpen();
    if (performance.now() - this.#lastPause > breatheAfterMs) {
      await setImmediate();
      this.#lastPause = performance.now();
    }
    let blocked: unknown;
    const attempt = (): QueryResult | null => this.#attempt(sql, params, index, (error) => (blocked = error));
    const result = attempt() ?? (await this.#wait(attempt, { limitMs: this.#options.busyTimeoutMs }));
    if (result === null) throw this.#failure(blocked, sql, index);
    return result;
  }

  async #wait(attempt: () => QueryResult | null, wait: BusyWait): Promise<QueryResult | null> {
    this.#waiting = true;
    this.#cancelled = false;
    const interrupted = (): void => {
      this.#assertOpen();
      if (this.#cancelled) throw this.#failure(new Error("the statement was cancelled while it waited"), "", 0);
    };
    try {
      return await waitWhileBusy(attempt, { ...wait, interrupted });
    } finally {
      this.#waiting = false;
      this.#lastPause = performance.now();
    }
  }

  /** Runs a statement, or returns null when another connection is in the way and trying again is safe. */
  #attempt(
    sql: string,
    params: readonly Value[],
    index: number,
    onBusy?: (error: unknown) => void,
  ): QueryResult | null {
    const { connection, mode, label } = this.#options;
    const started = performance.now();
    const inTransaction = connection.inTransaction;
    // In a transaction only what does not write may be repeated: COMMIT, and reads that wait for a writer to finish.
    // A write there would wait for a connection that may be waiting for this transaction's own read lock.
    let repeatable = true;
    try {
      const statement = connection.prepare<unknown[], unknown[]>(sql);
      repeatable = statement.readonly || !inTransaction;
      if (mode === "read" && !statement.readonly && !asksJournalMode.test(sql)) throw readOnly(label);
      const bound = params.length === 0 ? [] : [bindings(params)];
      if (!statement.reader) {
        const { changes } = statement.run(...bound);
        return this.#ran(sql, { columns: [], rows: [], rowCount: changes, command: "" });
      }
      const rows = statement.raw(true).all(...bound);
      const columns = statement.columns().map((column) => column.name);
      return this.#ran(sql, toResult(columns, rows));
    } catch (error) {
      if (inTransaction && !connection.inTransaction) this.#noteRollback();
      if (isEmptyStatement(error)) return { columns: [], rows: [], rowCount: 0, command: "" };
      if (!isBusy(error) || !repeatable) throw this.#failure(error, sql, index);
      onBusy?.(error);
      return null;
    } finally {
      this.#options.onStatement?.(sql, performance.now() - started);
    }
  }

  #ran(sql: string, result: QueryResult): QueryResult {
    for (const listener of this.#listeners) listener.ran(sql);
    if (/^rollback\b/i.test(sql) && !this.inTransaction) this.#noteRollback();
    if (sql.includes("foreign_keys")) this.#noteForeignKeys(sql);
    return result;
  }

  #noteRollback(): void {
    for (const listener of this.#listeners) listener.rolledBack();
  }

  #noteForeignKeys(sql: string): void {
    const pragma = readPragma([...readTokens(sql)]);
    if (pragma?.name !== "foreign_keys" || pragma.value === null || this.inTransaction) return;
    this.#foreignKeysAsked = ["on", "yes", "true", "1"].includes(pragma.value);
  }

  #failure(error: unknown, sql: string, index: number): KeelsonError {
    const { connection, label, file } = this.#options;
    const offset = error instanceof Error && connection.open ? failureOffset(connection, sql, error.message) : null;
    const failure = statementError(error, { label, file, statement: index, offset });
    if (failure.code === "connection.lost") void this.close();
    return failure;
  }

  #assertOpen(): void {
    if (!this.closed) return;
    const { label, file } = this.#options;
    const lost = new KeelsonError("connection.lost", `The connection to ${label} is closed.`, {
      details: {
        ...statementError(new Error("closed"), { label, file, statement: 0, offset: null }).details,
        connectionLost: true,
      },
    });
    throw lost;
  }
}

function isEmptyStatement(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes("contains no statements");
}

function readOnly(label: string): KeelsonError {
  return new KeelsonError(
    "connection.read-only",
    `${label} was opened for reading, and this statement writes. Nothing was changed.`,
  );
}
