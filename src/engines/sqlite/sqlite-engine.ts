import type { Catalog } from "../../catalog/catalog.ts";
import { KeelsonError } from "../../errors.ts";
import type { Capabilities, Engine, ParsedStatement, Session } from "../engine.ts";
import { createDatabaseFile, dropDatabaseFile } from "./database-files.ts";
import { type DatabaseLocation, locationLabel, parseDatabaseUrl, siblingLocation } from "./database-url.ts";
import { databaseName, describeDatabase } from "./describe.ts";
import { ForeignKeyGuard } from "./foreign-keys/foreign-key-guard.ts";
import { type Connection, type Driver, loadDriver } from "./load-driver.ts";
import { acquireRunLock, sqliteSession } from "./lock/run-lock.ts";
import { openFileSession, openMemory } from "./open-session.ts";
import { checkSyntax } from "./script/check-syntax.ts";
import { parseScript } from "./script/parse-script.ts";
import { noteBefore, settleStatement } from "./settle-statement.ts";
import { sqliteText } from "./sql-text.ts";
import { SqliteSession } from "./sqlite-session.ts";

/** What a SQLite engine is made from. */
export interface SqliteEngineOptions {
  /** `sqlite:<file>`, `sqlite::memory:`, or one of the other forms that `parseDatabaseUrl` reads. */
  readonly url: string;
  /** Relative files are resolved against this folder. */
  readonly root: string;
  readonly ledger: { readonly prefix: string };
  /**
   * How long a statement outside a run's steps waits for another connection; 30 seconds unless told. In rollback journal
   * mode a long step of another run keeps even readers out, so give it as long as a run may wait for another.
   */
  readonly busyTimeoutMs?: number;
  /** Called after each statement. */
  readonly onStatement?: (sql: string, milliseconds: number) => void;
}

/** The engine for a SQLite file, or a database in memory that lives until `close`. Throws `connection.url` for a wrong URL. */
export function sqliteEngine(options: SqliteEngineOptions): Engine {
  return engineAt(parseDatabaseUrl(options.url, options.root), options);
}

function engineAt(location: DatabaseLocation, options: SqliteEngineOptions): Engine {
  const { root, ledger } = options;
  const label = locationLabel(location, root);
  const file = location.kind === "file" ? location.file : null;
  const memory = sharedMemory();
  const syntax = syntaxConnection();
  const open = { label, busyTimeoutMs: options.busyTimeoutMs ?? 30_000, onStatement: options.onStatement };
  const own = (session: Session): SqliteSession => sqliteSession(session);
  return {
    name: "sqlite",
    dialect: "sqlite",
    capabilities: capabilitiesOf(location),
    label,
    sql: sqliteText(ledger.prefix),
    open: async (mode) => {
      const driver = await loadDriver();
      if (location.kind === "file") return await openFileSession(driver, { ...open, location }, mode);
      return new SqliteSession({
        ...open,
        connection: memory.connection(driver),
        ownsConnection: false,
        mode,
        file: null,
      });
    },
    parse: async (script) => {
      const statements = parseScript(script);
      await syntax.check(script, statements);
      return statements;
    },
    async destroyedRows(session, statements) {
      if (!statements.some(({ destroys }) => destroys !== null)) return statements.map(() => null);
      const { destroyedRowsOn } = await import("./destroyed-rows-on.ts");
      return await destroyedRowsOn(session, statements, () => catalogOf(session, ledger.prefix));
    },
    async findObstacles(session, statements) {
      const { findObstacles } = await import("./find-obstacles.ts");
      return await findObstacles(own(session), ledger.prefix, statements);
    },
    acquireLock: async (request) => await acquireRunLock({ driver: await loadDriver(), label, file }, request),
    noteBefore: (session, statement) => noteBefore(own(session), statement),
    settle: (session, statement, note) => settleStatement(own(session), statement, note),
    checkStep: (session) => ForeignKeyGuard.of(own(session)).check(),
    async introspect(session) {
      const { introspect } = await import("./introspect.ts");
      return await introspect(own(session), ledger.prefix);
    },
    async planChanges(from, to, options) {
      const { planChanges } = await import("./plan/plan-changes.ts");
      return planChanges(from, to, options);
    },
    describe: (session) => describeDatabase(own(session), location),
    async listTables(session) {
      const { listTables } = await import("./introspect.ts");
      return await listTables(own(session));
    },
    listDatabases: async () => [databaseName(location)],
    createDatabase: async () => createDatabaseFile({ file: requireFile(file), label }),
    dropDatabase: async (how) => dropDatabaseFile(await loadDriver(), { file: requireFile(file), label }, how),
    withDatabase: (name) => engineAt(siblingLocation(location, name), options),
    close: async () => {
      memory.close();
      syntax.close();
    },
  };
}

async function catalogOf(session: Session | null, prefix: string): Promise<Catalog> {
  const { emptyCatalog, introspect } = await import("./introspect.ts");
  return session === null ? emptyCatalog : await introspect(sqliteSession(session), prefix);
}

function capabilitiesOf(location: DatabaseLocation): Capabilities {
  return {
    sessions: location.kind === "memory" ? "one" : "many",
    databases: "files",
    lockTimeout: false,
    roles: false,
    enforcesForeignKeysInSteps: false,
  };
}

function requireFile(file: string | null): string {
  if (file !== null) return file;
  throw new KeelsonError(
    "engine.unsupported",
    "A database in memory is neither created nor dropped: it lives as long as its process.",
    {
      hint: "Use a file: sqlite:app.db",
    },
  );
}

/** The one connection that all sessions of a database in memory use, opened when the first of them is. */
function sharedMemory(): { readonly connection: (driver: Driver) => Connection; readonly close: () => void } {
  let connection: Connection | undefined;
  return {
    connection: (driver) => {
      connection ??= openMemory(driver);
      return connection;
    },
    close: () => {
      connection?.close();
      connection = undefined;
    },
  };
}

/** SQLite's parser over an empty database of its own. Where the driver is missing, the run itself finds what is wrong. */
function syntaxConnection(): {
  readonly check: (script: string, statements: readonly ParsedStatement[]) => Promise<void>;
  readonly close: () => void;
} {
  let connection: Connection | undefined;
  return {
    check: async (script, statements) => {
      const driver = await loadDriver().catch(() => null);
      if (driver === null) return;
      connection ??= openMemory(driver);
      checkSyntax(connection, script, statements);
    },
    close: () => {
      connection?.close();
      connection = undefined;
    },
  };
}
