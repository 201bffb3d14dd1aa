import type { Catalog } from "../catalog/catalog.ts";
import type { Plan, PlanOptions } from "../plan/plan.ts";

/** The SQL a database speaks. PostgreSQL servers and PGlite share one dialect. */
export type Dialect = "postgres" | "sqlite";

/** How a database is reached. */
export type EngineName = "postgres" | "pglite" | "sqlite";

/** What a kind of database can do; features ask for these and never for the engine's name. */
export interface Capabilities {
  /** Sessions that may be open at once: `one` for PGlite, `many` for a server or a SQLite file. */
  readonly sessions: "one" | "many";
  /** Databases are made and dropped on a server, or are files and folders. */
  readonly databases: "server" | "files";
  /** `lock_timeout` and friends exist. */
  readonly lockTimeout: boolean;
  /** Roles and grants exist. */
  readonly roles: boolean;
  /** Foreign keys are checked by the server at each statement; otherwise by `checkStep` before a step commits. */
  readonly enforcesForeignKeysInSteps: boolean;
}

/** One value of a result: numbers where exact, booleans, null; everything else is the text the database prints. */
export type Value = string | number | boolean | null;

/** The result of one statement. `rows` are objects by column name; two equal names keep the last. */
export interface QueryResult<Row = Readonly<Record<string, Value>>> {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows returned or changed. */
  readonly rowCount: number;
  /** The statement's tag, for example `SELECT`, `CREATE TABLE`; empty where the engine has none. */
  readonly command: string;
}

/** What `details` of a `statement.failed` error holds. */
export interface StatementFailure {
  /** Which of the statements handed to `script` failed, from 0; 0 for `query`. */
  readonly statement: number;
  /** Characters into that statement, where the engine points at one. */
  readonly offset: number | null;
  /** The SQLSTATE, or SQLite's extended code such as `SQLITE_CONSTRAINT_UNIQUE`. */
  readonly sqlstate: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** Context as the server gives it: the function and line inside a function. */
  readonly where: string | null;
  /** True when the connection is gone, so that the outcome of the statement may be unknown. */
  readonly connectionLost: boolean;
}

/**
 * One connection. Used by one caller at a time. Errors of statements are `KeelsonError`s with code `statement.failed`
 * (details: `StatementFailure`), `connection.lost`, `lock.timeout` (a statement waited longer than its lock timeout),
 * `privilege.missing` or `disk.full`, all with `StatementFailure` details.
 */
export interface Session {
  readonly dialect: Dialect;
  /** Runs one statement. Parameters are written `$1`, `$2` in both dialects. */
  query<Row = Readonly<Record<string, Value>>>(sql: string, params?: readonly Value[]): Promise<QueryResult<Row>>;
  /**
   * Runs statements one after the other, in one round trip where the engine can, and stops at the first that fails.
   * Transactions are the caller's: after a failure inside one, call `rollback`.
   */
  script(statements: readonly string[]): Promise<readonly QueryResult[]>;
  /** Ends an open transaction without keeping it; does nothing when none is open or the connection is gone. */
  rollback(): Promise<void>;
  /** Undoes session settings that a revision may have left (search_path, role, foreign_keys). Not inside a transaction. */
  reset(): Promise<void>;
  /** Asks the database to stop the running statement; that statement then fails. Does nothing where impossible. */
  cancel(): Promise<void>;
  /** True once the connection was closed or lost. */
  readonly closed: boolean;
  close(): Promise<void>;
}

/** One statement cut out of a script by the dialect's own grammar. */
export interface ParsedStatement {
  /** The statement without its semicolon and without leading blank lines. */
  readonly sql: string;
  /** Characters from the start of the script to the start of `sql`. */
  readonly offset: number;
  /** The line of the script, from 1, on which the statement's first word stands. */
  readonly line: number;
  /**
   * `transactional`: can run in a transaction. `autocommit`: the database refuses it inside one. `control`: begins or
   * ends a transaction itself. `setting`: must run before the transaction begins to have any effect (SQLite's
   * `PRAGMA foreign_keys`).
   */
  readonly mode: "transactional" | "autocommit" | "control" | "setting";
  /** May commit by itself half-way (`CALL`, `DO`): when run outside a transaction its interruption can't be judged. */
  readonly mayCommit: boolean;
  /**
   * Does nothing but change a setting of the session (PostgreSQL's SET without LOCAL). Settings never outlive a
   * transaction of a run, so a revision of several transactions makes them again for each.
   */
  readonly setsSession?: boolean;
  /** What rows it may destroy, in words, such as `drops table users`, as far as the text tells; null when none. */
  readonly destroys: string | null;
}

/** How an autocommit statement whose end was not recorded turned out. */
export type Settlement = "done" | "repeat" | "unknown";

/** Statements that a session keeps under a name until it ends. */
export interface PreparedSqlText {
  /** Keeps a statement whose parameters `$1`, `$2`, ... are all text. */
  prepare(name: string, statement: string, parameters: number): string;
  /** Runs a kept statement. */
  execute(name: string, values: readonly (string | null)[]): string;
  /** Whether a failed statement failed because no statement is kept under its name. */
  isForgotten(failure: StatementFailure): boolean;
}

/** Writing SQL by hand for one dialect. */
export interface SqlText {
  identifier(name: string): string;
  literal(value: Value): string;
  /** The qualified name of one of Keelson's own tables. */
  table(name: string): string;
  /** Where Keelson's tables live, for messages: `schema keelson`, `tables keelson_*`. */
  readonly home: string;
  /** Statements that create the place of Keelson's tables if it is missing; empty for SQLite. */
  readonly createHome: readonly string[];
  /** Opens a transaction that will write. */
  readonly begin: string;
  /** The column type for a moment in time, and the expression for now. */
  readonly timestampType: string;
  readonly now: string;
  /** An expression with the milliseconds since 1970 of a timestamp column. */
  epochMs(column: string): string;
  /** Appended to a SELECT so that the rows it reads stay as they are until commit; empty where `begin` already locks. */
  readonly forShare: string;
  /** Statements, inside a transaction, that limit how long it waits for locks; empty where there is no such limit. */
  lockTimeout(milliseconds: number): readonly string[];
  /** A statement that fails with `message` unless `condition` (a boolean expression) holds, for scripts run by other programs. */
  assert(condition: string, message: string): string;
  /** An expression for the milliseconds since the current transaction began, or null where only the caller can measure it. */
  readonly transactionMs: string | null;
  /** How a session plans a statement once and runs it often; null where that saves nothing. */
  readonly prepared: PreparedSqlText | null;
  /** Statements that may follow a COMMIT in the same script and undo what `Session.reset` undoes. */
  readonly resetSession: readonly string[];
  /**
   * A query for the columns of the table or view that a statement would find by this name, written as in SQL: `name`,
   * `type`, `not_null` (1 or 0) and `default`, in their order. No rows where there is no such table; one without a name where it has no columns.
   */
  columnsOf(table: string): string;
  /** Whether names that differ only in case are the same name. */
  readonly foldsNames: boolean;
  /** Whether a failed statement failed because a table, or the schema it is in, does not exist. */
  isMissingTable(failure: StatementFailure, message: string): boolean;
  /** The first lines of a script of these statements for `psql` or `sqlite3`, comments included. */
  scriptHead(statements: readonly string[]): readonly string[];
  /** Statements that a script starts with and repeats after each `resetSession`, which undoes them too. */
  readonly scriptSettings: readonly string[];
}

/** Who holds a run lock, as far as it can be known. */
export interface LockHolder {
  readonly holder: string;
  /** ISO 8601, or null when unknown. */
  readonly since: string | null;
}

/** What a caller that wants the run lock says. */
export interface LockRequest {
  /** Distinguishes histories that share a database. */
  readonly name: string;
  /** Milliseconds to wait for another runner before `lock.timeout`. */
  readonly timeoutMs: number;
  /** Called at most once a second while another runner holds the lock. */
  readonly onWait?: (waitedMs: number) => void;
  readonly signal?: AbortSignal;
  /** The work session, so that the lock can report what that session is waiting for. */
  readonly work: Session;
  /** The run has statements that can't run in a transaction, so that the lock must outlive one. */
  readonly spansTransactions: boolean;
}

/**
 * The right to change the schema.
 *
 * `run`: held on its own for the whole run; statements go over the work session, whose transactions check the epoch.
 * `step`: the lock lives inside a transaction, so each step takes it with `enter` and reads the ledger again.
 * A `step` lock can't protect autocommit statements, unless `protectsAutocommit` is true.
 */
export interface RunLock {
  readonly scope: "run" | "step";
  readonly protectsAutocommit: boolean;
  /** Two statements outside a transaction may reach two different server sessions (a pooler in transaction mode). */
  readonly pooled?: boolean;
  /** Opens a transaction on the session that holds the lock until it ends; only for scope `step`. */
  enter(session: Session): Promise<void>;
  /** Throws `lock.lost` if the lock is known to be gone. Cheap. */
  assertHeld(): void;
  /** What the work session waits for now, in words a person can act on; empty when nothing or unknown. */
  blockers(): readonly string[];
  release(): Promise<void>;
}

/** What `doctor` says of a database. */
export interface ServerFacts {
  readonly product: string;
  readonly version: string;
  readonly database: string;
  readonly user: string | null;
  readonly sizeBytes: number | null;
  /** Connections go through a pooler in transaction mode. */
  readonly pooled: boolean;
  readonly readOnly: boolean;
  readonly tls: string | null;
  /** The server's clock minus ours, in milliseconds; null for engines in the process. */
  readonly clockSkewMs: number | null;
  /** Privileges that a migration needs and the user lacks, each with the GRANT that gives it. */
  readonly missingPrivileges: readonly { readonly privilege: string; readonly grant: string }[];
  /** Further facts in the order to print them: journal mode, encoding, extensions. */
  readonly more: readonly (readonly [label: string, value: string])[];
}

/** A table or view in a list, with its columns in order. */
export interface TableSummary {
  readonly schema: string | null;
  readonly name: string;
  readonly kind: "table" | "view";
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** How a schema is read. */
export interface ReadingOptions {
  /** Is quicker, and does for comparisons. */
  readonly withoutDependencies?: boolean;
  /** `all`: also owners that a schema need not state, as the role that connected is; for readings under different roles. */
  readonly owners?: "stated" | "all";
}

/** Everything that a feature may ask of one database. Made without connecting; nothing is opened before it is needed. */
export interface Engine {
  readonly name: EngineName;
  readonly dialect: Dialect;
  readonly capabilities: Capabilities;
  /** The connection as it may be shown: without password or other secrets. */
  readonly label: string;
  readonly sql: SqlText;

  /**
   * Opens a session. `read` sessions can't write and never create a missing database (`database.missing` instead);
   * a `write` session creates a missing SQLite file or PGlite folder, never a database on a server.
   */
  open(mode: "read" | "write"): Promise<Session>;

  /** Cuts a script into statements; throws `revision.syntax` with `details.line` where the grammar refuses it. */
  parse(script: string): Promise<readonly ParsedStatement[]>;

  /**
   * What rows these statements would destroy, one after the other, on the database as it is (null: on an empty one): for
   * each its words or null, with how many rows there are now where that is quickly counted. Asks the database where the
   * text says too much, as of a table that is rebuilt with its rows.
   */
  destroyedRows(session: Session | null, statements: readonly ParsedStatement[]): Promise<readonly (string | null)[]>;
  /**
   * Why these statements would fail on the rows that the database holds now, with what to do about it: for each its words
   * or null. Only reads, and says nothing where it may not.
   */
  findObstacles(session: Session, statements: readonly ParsedStatement[]): Promise<readonly (string | null)[]>;

  acquireLock(request: LockRequest): Promise<RunLock>;

  /** Before an autocommit statement: what `settle` will need to know of the state before it, or null. */
  noteBefore(session: Session, statement: ParsedStatement): Promise<string | null>;
  /**
   * Finds out whether an autocommit statement that was started, and whose end was not recorded, took effect. Removes
   * half-made leftovers (an invalid index) before it answers `repeat`. `unknown` when nothing can tell.
   */
  settle(session: Session, statement: ParsedStatement, note: string | null): Promise<Settlement>;

  /** Problems that must stop a step from committing, in words (rows that violate a foreign key); runs inside its transaction. */
  checkStep(session: Session): Promise<readonly string[]>;

  /** Reads the schema, Keelson's own tables left out. */
  introspect(session: Session, options?: ReadingOptions): Promise<Catalog>;
  /**
   * Writes and orders the statements that turn one catalog into another of the same dialect; computes and reaches no
   * database. `plan.impossible` names a difference that no statement of this engine can make.
   */
  planChanges(from: Catalog, to: Catalog, options?: PlanOptions): Promise<Plan>;
  describe(session: Session): Promise<ServerFacts>;
  listTables(session: Session): Promise<readonly TableSummary[]>;
  /** Names of databases beside this one; just this one for files. */
  listDatabases(session: Session): Promise<readonly string[]>;

  /** Creates the database that the connection names; `database.exists` if it is there. */
  createDatabase(): Promise<void>;
  /**
   * Drops it; `database.missing` if it is not there, `database.in-use` unless `force`. With `toCreateAgain` it stays where this
   * user could not create it again: `privilege.missing`.
   */
  dropDatabase(options: { readonly force: boolean; readonly toCreateAgain?: boolean }): Promise<void>;
  /** The same engine on another database of the same server or folder. */
  withDatabase(name: string): Engine;

  close(): Promise<void>;
}
