import type { Engine, ParsedStatement, QueryResult, Session, Value } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { Parameter, RevisionDatabase } from "./define-revision.ts";
import { lineOf } from "./error-line.ts";
import { readStructure, type TableStructure } from "./table-structure.ts";

/** What a part's database is made of. */
export interface CodeDatabaseOptions {
  readonly engine: Engine;
  readonly session: Session;
  /** The revision's file, to find the line that a statement stands in. */
  readonly path: string;
  /** Whether statements run in a transaction that the caller opened and ends. */
  readonly inTransaction: boolean;
  /** Two statements outside of a transaction may reach different server sessions. */
  readonly pooled: boolean;
  /** Called before each statement; throws to stop. */
  readonly beforeStatement: () => void;
  readonly onProgress: (message: string, done: number | null, total: number | null) => void;
  readonly onLog: (message: string) => void;
}

/** A database for the time of one part. */
export interface CodeDatabase {
  readonly db: RevisionDatabase;
  /**
   * Ends the part: refuses statements that were not awaited, and finds out whether the transaction can still be
   * committed where the code has caught a statement's error.
   */
  end(): Promise<void>;
  /** Waits until no statement runs, after the part has failed. */
  abandon(): Promise<void>;
}

/** More texts than a part writes by hand; those that it makes up are parsed each time. */
const keptTexts = 500;

/**
 * Makes the database that a part of a revision gets. Statements are run one at a time, in the order of the calls; what
 * would begin or end a transaction is refused, and so is everything after the part has ended.
 */
export function codeDatabase(options: CodeDatabaseOptions): CodeDatabase {
  const { engine, session } = options;
  const queue = new StatementQueue(options);
  const parse = statementParser(options);
  const structure = (table: string): Promise<TableStructure | null> => readStructure({ engine, session }, table);
  const runAll = async (sql: string): Promise<void> => {
    for (const statement of await parse(sql)) await naming(statement.sql, () => session.query(statement.sql));
  };
  const db: RevisionDatabase = {
    dialect: engine.dialect,
    query: <Row>(sql: string, parameters: readonly Parameter[] = []): Promise<QueryResult<Row>> =>
      queue.run(async () => {
        const [statement, more] = await parse(sql);
        if (statement === undefined || more !== undefined)
          throw usage("query runs one statement; use exec for several.");
        return await naming(statement.sql, () => session.query<Row>(statement.sql, parameters.map(toValue)));
      }),
    exec: (sql) => queue.run(() => runAll(sql)),
    script: (statements) =>
      queue.run(async () => {
        for (const text of statements) await runAll(text);
      }),
    hasTable: (table) => queue.run(async () => (await structure(table)) !== null),
    hasColumn: (table, column) =>
      queue.run(async () => {
        const plain = (name: string): string => (engine.sql.foldsNames ? name.toLowerCase() : name);
        const columns = (await structure(table))?.columns ?? [];
        return columns.some(({ name }) => plain(name) === plain(column));
      }),
    progress: (message, done, total) => options.onProgress(String(message), done ?? null, total ?? null),
    log: (message) => options.onLog(String(message)),
  };
  return { db, end: () => queue.end(), abandon: () => queue.close() };
}

/** Runs what a part asks of the database one after the other, until the part has ended. */
class StatementQueue {
  readonly #options: CodeDatabaseOptions;
  #last: Promise<unknown> = Promise.resolve();
  #open = 0;
  #ended = false;
  #failure: unknown = null;

  constructor(options: CodeDatabaseOptions) {
    this.#options = options;
  }

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    // Taken now, because the stack of an error that comes back from a driver no longer names the caller.
    const site = new Error("called here");
    this.#open++;
    const result = this.#last.then(async () => {
      try {
        if (this.#ended) throw afterTheEnd();
        this.#options.beforeStatement();
        return await work();
      } catch (error) {
        const failure = located(error, site, this.#options.path);
        this.#failure ??= failure;
        throw failure;
      } finally {
        this.#open--;
      }
    });
    // Whoever does not await a statement must not end the process by its failure; the end of the part tells of it.
    this.#last = result.catch(() => undefined);
    return result;
  }

  async end(): Promise<void> {
    const unawaited = this.#open;
    const failure = this.#failure ?? notAwaited(unawaited);
    await this.close();
    if (unawaited > 0) throw failure;
    if (this.#failure === null || !this.#options.inTransaction) return;
    // A failed statement ends a transaction on some engines: what ran after it, and its commit, would be lost.
    await this.#options.session.query("SELECT 1").catch(() => {
      throw this.#failure;
    });
  }

  /** The statement that runs ends by itself; those that wait for it are not run. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#last;
  }
}

/** Parses each text once, and refuses statements that don't fit the transaction that they would run in. */
function statementParser(options: CodeDatabaseOptions): (sql: unknown) => Promise<readonly ParsedStatement[]> {
  const parsed = new Map<string, readonly ParsedStatement[]>();
  return async (sql) => {
    if (typeof sql !== "string") throw usage(`A statement must be a text, and this is ${typeof sql}.`);
    const known = parsed.get(sql);
    if (known !== undefined) return known;
    const statements = await options.engine.parse(sql);
    for (const statement of statements) refuseUnfit(statement, options);
    if (parsed.size < keptTexts) parsed.set(sql, statements);
    return statements;
  };
}

/** Names the statement in the error of one that failed. */
async function naming<Result>(sql: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    const detail = typeof error.details["detail"] === "string" ? ` (${error.details["detail"]})` : "";
    throw new KeelsonError(error.code, `${error.message}${detail}, in: ${shortened(sql)}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      details: error.details,
      cause: error,
    });
  }
}

function toValue(parameter: Parameter, index: number): Value {
  if (parameter instanceof Date) return parameter.toISOString();
  if (typeof parameter === "bigint") return String(parameter);
  if (parameter === null || ["string", "number", "boolean"].includes(typeof parameter)) return parameter;
  throw usage(
    `Parameter $${index + 1} is ${typeof parameter}; it must be a text, a number, a boolean, a bigint, a Date or null.`,
  );
}

function refuseUnfit(statement: ParsedStatement, { inTransaction, pooled }: CodeDatabaseOptions): void {
  const { mode, sql } = statement;
  if (mode === "control") {
    throw new KeelsonError("revision.transaction-control", `${shortened(sql)} would begin or end a transaction.`, {
      hint: "The transaction belongs to the run: leave BEGIN, COMMIT and ROLLBACK out. Savepoints are allowed.",
    });
  }
  if (!inTransaction && pooled && statement.setsSession === true) {
    throw new KeelsonError(
      "lock.pooler",
      `Behind a pooler in transaction mode ${shortened(sql)} would be set for others.`,
      {
        hint: "Give the address of the server itself for migrations: directUrl in keelson.config.ts, MIGRATION_DATABASE_URL, or --direct-url.",
      },
    );
  }
  if (!inTransaction || mode === "transactional") return;
  throw new KeelsonError(
    "revision.not-transactional",
    `${shortened(sql)} has no effect or can't run in a transaction.`,
    {
      hint: "Put it into an SQL revision of its own, or write `// transaction: none` in the header.",
    },
  );
}

/** Adds the line of the caller to an error, and its stack to the causes. */
function located(error: unknown, site: Error, path: string): unknown {
  if (!isKeelsonError(error)) return error;
  site.cause = error;
  return new KeelsonError(error.code, error.message, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, line: lineOf(site, path) },
    cause: site,
  });
}

function usage(problem: string): KeelsonError {
  return new KeelsonError("revision.failed", problem);
}

function afterTheEnd(): KeelsonError {
  return new KeelsonError("revision.failed", "A statement was called after its part had ended; it was not run.", {
    hint: "Await every call of the database before the function returns.",
  });
}

function notAwaited(count: number): KeelsonError {
  const what = count === 1 ? "a statement was" : `${count} statements were`;
  return new KeelsonError("revision.failed", `It returned while ${what} still running.`, {
    hint: "Await every call of the database before the function returns.",
  });
}

function shortened(sql: string): string {
  const line = sql.replaceAll(/\s+/g, " ").trim();
  return `\`${line.length <= 60 ? line : `${line.slice(0, 59)}…`}\``;
}
