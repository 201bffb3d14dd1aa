import type { QueryResult, Value } from "../../engine.ts";
import { type PostgresSession, versionNumber } from "../session/postgres-session.ts";
import { readOnlyQuery, readOnlyStatement } from "../session/read-only.ts";
import { resetStatements } from "../session/reset-statements.ts";
import { ResultReader } from "../session/result-reader.ts";
import { failedStatement, type ScriptText, scriptText } from "../session/script-text.ts";
import { parameterText, type StatementObserver } from "../session/server-session.ts";
import { connectionLost, statementError } from "../session/statement-errors.ts";
import type { TransactionStatus, WireError, WireField } from "../session/wire-messages.ts";
import type { SessionGate } from "./session-gate.ts";
import type { RunningPglite } from "./start-pglite.ts";

/** One message of the answer; which fields it has depends on its name. */
interface WireMessage {
  readonly name: string;
  readonly fields?: readonly unknown[];
  readonly text?: string;
  readonly status?: TransactionStatus;
}

/** A session of the one connection that PGlite has; calls of several sessions take turns. */
export class PgliteSession implements PostgresSession {
  readonly dialect = "postgres";
  readonly user = "postgres";
  readonly serverVersionText: string;
  readonly serverVersion: number;
  readonly #pglite: RunningPglite;
  readonly #gate: SessionGate;
  readonly #mode: "read" | "write";
  readonly #observer: StatementObserver | null;
  #status: TransactionStatus = "I";
  #closed = false;

  constructor(
    pglite: RunningPglite,
    options: {
      readonly gate: SessionGate;
      readonly mode: "read" | "write";
      readonly observer: StatementObserver | null;
      readonly version: string;
    },
  ) {
    this.#pglite = pglite;
    this.#gate = options.gate;
    this.#mode = options.mode;
    this.#observer = options.observer;
    this.serverVersionText = options.version;
    this.serverVersion = versionNumber(options.version);
  }

  get inTransaction(): boolean {
    return this.#status !== "I";
  }

  get closed(): boolean {
    return this.#closed || this.#pglite.database.closed;
  }

  async query<Row = Readonly<Record<string, Value>>>(
    sql: string,
    params: readonly Value[] = [],
  ): Promise<QueryResult<Row>> {
    const simple = params.length === 0;
    const script = scriptText([sql], this.#mode === "read" && simple ? readOnlyStatement : null);
    const bytes = simple ? this.#pglite.write.query(script.text) : this.#withParameters(sql, params);
    const results = await this.#send(sql, script, bytes);
    return (results.at(-1) ?? { columns: [], rows: [], rowCount: 0, command: "" }) as QueryResult<Row>;
  }

  async script(statements: readonly string[]): Promise<readonly QueryResult[]> {
    if (statements.length === 0) return [];
    const script = scriptText(statements, this.#mode === "read" ? readOnlyStatement : null);
    const results = await this.#send(statements.join(";\n"), script, this.#pglite.write.query(script.text));
    return script.statementsEach === 1 ? results : results.filter((_, index) => index % 2 === 1);
  }

  async rollback(): Promise<void> {
    if (this.closed || this.#status === "I") return;
    await this.#plain("ROLLBACK");
  }

  async reset(): Promise<void> {
    await this.#plain(resetStatements.join(";"));
  }

  /** PGlite runs a statement to its end before anything else can happen in the process. */
  async cancel(): Promise<void> {
    return;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.rollback();
    this.#closed = true;
  }

  async #plain(text: string): Promise<void> {
    await this.#send(text, scriptText([text]), this.#pglite.write.query(text));
  }

  #withParameters(sql: string, params: readonly Value[]): Uint8Array {
    const { write } = this.#pglite;
    const one = (text: string, values: readonly (string | null)[]): Uint8Array[] => [
      write.parse({ text }),
      write.bind({ values }),
      write.describe({ type: "P" }),
      write.execute({}),
    ];
    const before = this.#mode === "read" ? one(readOnlyQuery, []) : [];
    return Buffer.concat([...before, ...one(sql, params.map(parameterText)), write.sync()]);
  }

  async #send(shown: string, script: ScriptText, bytes: Uint8Array): Promise<readonly QueryResult[]> {
    if (this.#closed) throw connectionLost("this session was closed", { inFlight: false });
    if (this.closed) throw connectionLost("PGlite was stopped", { inFlight: false });
    await this.#gate.enter(this);
    const started = performance.now();
    try {
      const messages = await this.#exchange(bytes);
      return this.#read(messages, script);
    } finally {
      this.#gate.leave({ keep: this.#status !== "I" });
      this.#observer?.(shown, performance.now() - started);
    }
  }

  async #exchange(bytes: Uint8Array): Promise<readonly WireMessage[]> {
    try {
      const { messages } = await this.#pglite.database.execProtocol(bytes, { throwOnError: false });
      return messages as readonly WireMessage[];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw connectionLost(`PGlite stopped (${reason})`, { inFlight: true }, error);
    }
  }

  #read(messages: readonly WireMessage[], script: ScriptText): readonly QueryResult[] {
    const reader = new ResultReader();
    let failure: WireError | null = null;
    for (const message of messages) {
      if (message.name === "rowDescription") reader.rowDescription((message.fields ?? []) as readonly WireField[]);
      else if (message.name === "dataRow") reader.dataRow((message.fields ?? []) as readonly (string | null)[]);
      else if (message.name === "commandComplete") reader.commandComplete(message.text ?? "");
      else if (message.name === "emptyQuery") reader.emptyQuery();
      else if (message.name === "error") failure ??= message as unknown as WireError;
      else if (message.name === "readyForQuery") this.#status = message.status ?? "I";
    }
    if (failure === null) return reader.results;
    const place = failedStatement(script, { position: failure.position, finished: reader.finished });
    throw statementError(failure, { ...place, readSession: this.#mode === "read", user: this.user });
  }
}
