import type { KeelsonError } from "../../../errors.ts";
import type { QueryResult, Value } from "../../engine.ts";
import { sendCancelRequest } from "./cancel-request.ts";
import type { PgRequest } from "./load-pg.ts";
import { ParameterRequest, type RequestEnd, SimpleRequest } from "./pg-request.ts";
import { type PostgresSession, versionNumber } from "./postgres-session.ts";
import { readOnlyQuery, readOnlyStatement } from "./read-only.ts";
import { resetStatements } from "./reset-statements.ts";
import { failedStatement, type ScriptText, scriptText } from "./script-text.ts";
import type { ServerConnection } from "./server-connection.ts";
import { connectionLost, statementError } from "./statement-errors.ts";
import { isWireError, type TransactionStatus } from "./wire-messages.ts";

/** Told of each statement or script with its duration. */
export type StatementObserver = (sql: string, milliseconds: number) => void;

/**
 * One connection to a PostgreSQL server. A failed statement is reported only once the server is ready again, so that
 * the transaction's state is always known. A lost connection never raises an event nobody listens to.
 */
export class ServerSession implements PostgresSession {
  readonly dialect = "postgres";
  readonly serverVersionText: string;
  readonly serverVersion: number;
  readonly connection: ServerConnection;
  readonly #mode: "read" | "write";
  readonly #observer: StatementObserver | null;
  #status: TransactionStatus = "I";
  #lost: unknown = null;
  #closed = false;
  #waitingForReady: (() => void) | null = null;
  #busySince: number | null = null;

  constructor(
    connection: ServerConnection,
    options: { readonly mode: "read" | "write"; readonly observer: StatementObserver | null },
  ) {
    this.connection = connection;
    this.#mode = options.mode;
    this.#observer = options.observer;
    this.serverVersionText = (connection.parameters.get("server_version") ?? "0").split(" ")[0] ?? "0";
    this.serverVersion = versionNumber(this.serverVersionText);
    const { client } = connection;
    client.on("error", (error: unknown) => this.#markLost(error));
    client.connection.on("readyForQuery", (message: { readonly status: TransactionStatus }) => {
      this.#status = message.status;
      this.#ready();
    });
    client.connection.on("end", () => {
      this.#markLost(new Error("the server closed it"));
      this.#ready();
    });
  }

  get inTransaction(): boolean {
    return this.#status !== "I";
  }

  get user(): string {
    return this.connection.user;
  }

  get closed(): boolean {
    return this.#closed || this.#lost !== null;
  }

  /** The process id the server told when connecting; a pooler tells one of its own making. */
  get processId(): number | null {
    return this.connection.client.processID;
  }

  /** Since when (`performance.now()`) a request has been running, or null. */
  get busySince(): number | null {
    return this.#busySince;
  }

  async query<Row = Readonly<Record<string, Value>>>(
    sql: string,
    params: readonly Value[] = [],
  ): Promise<QueryResult<Row>> {
    const script = scriptText([sql], this.#mode === "read" && params.length === 0 ? readOnlyStatement : null);
    const results =
      params.length === 0
        ? await this.#send(sql, script, (end) => new SimpleRequest(script.text, end))
        : await this.#send(sql, script, (end) => {
            const before = this.#mode === "read" ? readOnlyQuery : null;
            return new ParameterRequest({ text: sql, values: params.map(parameterText), before }, end);
          });
    return (results.at(-1) ?? emptyResult) as QueryResult<Row>;
  }

  async script(statements: readonly string[]): Promise<readonly QueryResult[]> {
    if (statements.length === 0) return [];
    const script = scriptText(statements, this.#mode === "read" ? readOnlyStatement : null);
    const shown = statements.join(";\n");
    const results = await this.#send(shown, script, (end) => new SimpleRequest(script.text, end));
    return script.statementsEach === 1 ? results : results.filter((_, index) => index % 2 === 1);
  }

  async rollback(): Promise<void> {
    if (this.closed || this.#status === "I") return;
    await this.#plain("ROLLBACK").catch((error: unknown) => {
      if (!this.closed) throw error;
    });
  }

  async reset(): Promise<void> {
    await this.#plain(resetStatements.join(";"));
  }

  async cancel(): Promise<void> {
    if (this.closed || this.#busySince === null) return;
    await sendCancelRequest(this.connection);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.connection.client.end();
  }

  async #plain(text: string): Promise<void> {
    await this.#send(text, scriptText([text]), (end) => new SimpleRequest(text, end));
  }

  async #send(
    shown: string,
    script: ScriptText,
    makeRequest: (end: RequestEnd) => PgRequest & { readonly reader: { readonly results: readonly QueryResult[] } },
  ): Promise<readonly QueryResult[]> {
    if (this.#closed) throw connectionLost("this session was closed", { inFlight: false });
    if (this.#lost !== null) throw connectionLost(reasonOf(this.#lost), { inFlight: false }, this.#lost);
    const started = performance.now();
    this.#busySince = started;
    const { client } = this.connection;
    let request: ReturnType<typeof makeRequest> | null = null;
    try {
      const error = await new Promise<unknown>((resolve) => {
        request = makeRequest((failure) => {
          // The server still has to say whether the transaction survived; a broken connection says nothing more.
          if (failure !== null && isWireError(failure) && this.#lost === null) {
            this.#waitingForReady = () => resolve(failure);
          } else resolve(failure);
        });
        client.query(request);
      });
      const results = request === null ? [] : (request as ReturnType<typeof makeRequest>).reader.results;
      if (error !== null) throw this.#failure(error, script, results.length);
      return results;
    } finally {
      this.#busySince = null;
      this.#observer?.(shown, performance.now() - started);
    }
  }

  #failure(error: unknown, script: ScriptText, finished: number): KeelsonError {
    if (!isWireError(error)) return connectionLost(reasonOf(error), { inFlight: true }, error);
    const place = failedStatement(script, { position: error.position, finished });
    return statementError(error, { ...place, readSession: this.#mode === "read", user: this.user });
  }

  #ready(): void {
    const resume = this.#waitingForReady;
    this.#waitingForReady = null;
    resume?.();
  }

  #markLost(error: unknown): void {
    this.#lost ??= error;
  }
}

const emptyResult: QueryResult = { columns: [], rows: [], rowCount: 0, command: "" };

/** A parameter as text; the server reads it as whatever type the statement needs. */
export function parameterText(value: Value): string | null {
  return value === null ? null : String(value);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ECONNRESET") return "the network connection was reset";
  if (error.message.startsWith("Connection terminated")) return "the server closed it";
  return error.message;
}
