import { setTimeout as sleep } from "node:timers/promises";
import { isKeelsonError, KeelsonError } from "../../errors.ts";
import type { Session } from "../engine.ts";
import { connectServer } from "./connect-server.ts";
import { addressLabel, type ServerTarget } from "./connection/server-target.ts";
import { ServerSession } from "./session/server-session.ts";
import { quoteIdentifier } from "./sql-text.ts";

/** Databases that every server has, from which others are created and dropped, in the order to try them. */
const maintenanceDatabases = ["postgres", "template1"] as const;

/** Names of the server's databases, templates left out. */
export async function listDatabases(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ readonly name: string }>(
    "SELECT datname AS name FROM pg_catalog.pg_database WHERE NOT datistemplate AND datallowconn ORDER BY datname",
  );
  return rows.map((row) => row.name);
}

/** Creates the database of the target; `database.exists` where it is there. */
export async function createServerDatabase(target: ServerTarget): Promise<void> {
  await withMaintenance(target, async (session) => {
    try {
      await session.query(`CREATE DATABASE ${quoteIdentifier(target.database)}`);
    } catch (error) {
      // Two creators at once: the loser hears of a duplicate key in pg_database.
      if (sqlstate(error) === "42P04" || sqlstate(error) === "23505") throw exists(target, error);
      throw privilegeHint(error, createHint(target));
    }
  });
}

/**
 * Drops the database of the target; sessions that use it stop that, unless it is forced. Before one is dropped that is
 * to be created again, the user's right to do that is asked for: an owner may drop what it may not create.
 */
export async function dropServerDatabase(
  target: ServerTarget,
  options: { readonly force: boolean; readonly toCreateAgain?: boolean },
): Promise<void> {
  const drop = `DROP DATABASE ${quoteIdentifier(target.database)}`;
  await withMaintenance(target, async (session) => {
    if (options.toCreateAgain === true && !(await mayCreateDatabases(session))) throw cannotCreateAgain(target);
    const sessions = options.force ? [] : await sessionsThatStay(session, target.database);
    if (sessions.length > 0) throw inUse(target, sessions);
    try {
      if (!options.force || !(await droppedByForce(session, drop))) await session.query(drop);
    } catch (error) {
      if (sqlstate(error) === "3D000") throw missing(target, error);
      if (sqlstate(error) === "55006") throw inUse(target, await sessionsThatStay(session, target.database), error);
      throw privilegeHint(
        error,
        `Its owner can drop it, or GRANT the owner's role TO ${quoteIdentifier(target.user)};`,
      );
    }
  });
}

/** False where this user may not end every session: only a superuser may end a worker of autovacuum, which stops when asked. */
async function droppedByForce(session: ServerSession, drop: string): Promise<boolean> {
  try {
    await session.query(`${drop} WITH (FORCE)`);
    return true;
  } catch (error) {
    if (sqlstate(error) === "42501") return false;
    throw error;
  }
}

async function mayCreateDatabases(session: ServerSession): Promise<boolean> {
  const { rows } = await session.query<{ readonly may: boolean }>(
    "SELECT rolsuper OR rolcreatedb AS may FROM pg_catalog.pg_roles WHERE rolname = current_user",
  );
  return rows[0]?.may === true;
}

interface SessionRow {
  readonly pid: number;
  readonly role: string | null;
  readonly application: string | null;
}

/** Sessions of a database, after those that were closed just now have had time to end. */
async function sessionsThatStay(session: ServerSession, database: string): Promise<readonly SessionRow[]> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await session.query<SessionRow>(
      `SELECT pid, usename AS role, application_name AS application FROM pg_catalog.pg_stat_activity
       WHERE datname = $1 AND pid <> pg_catalog.pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
       ORDER BY backend_start LIMIT 20`,
      [database],
    );
    if (rows.length === 0 || attempt === 10) return rows;
    await sleep(50);
  }
}

async function withMaintenance(target: ServerTarget, work: (session: ServerSession) => Promise<void>): Promise<void> {
  let failure: unknown = null;
  for (const database of maintenanceDatabases.filter((name) => name !== target.database)) {
    let session: ServerSession;
    try {
      const attributes = target.addresses.length > 1 ? "read-write" : undefined;
      session = new ServerSession(await connectServer({ ...target, database }, attributes), {
        mode: "write",
        observer: null,
      });
    } catch (error) {
      failure ??= error;
      // Only this database may be closed to the user; anything else would fail the same way again.
      if (isKeelsonError(error) && ["database.missing", "connection.auth", "privilege.missing"].includes(error.code))
        continue;
      throw error;
    }
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }
  throw failure;
}

function inUse(target: ServerTarget, sessions: readonly SessionRow[], cause?: unknown): KeelsonError {
  const words = sessions.map(
    ({ pid, role, application }) =>
      `process ${pid} (${role ?? "unknown role"}${application ? `, ${application}` : ""})`,
  );
  return new KeelsonError(
    "database.in-use",
    `The database "${target.database}" is in use${words.length === 0 ? "" : ` by ${words.join(", ")}`}; it was left as it is.`,
    {
      hint: "Close these sessions, or end them with --disconnect.",
      details: { database: target.database, sessions: sessions.map(({ pid }) => pid) },
      cause,
    },
  );
}

function createHint(target: ServerTarget): string {
  return `A superuser can run: ALTER ROLE ${quoteIdentifier(target.user)} CREATEDB;`;
}

function cannotCreateAgain(target: ServerTarget): KeelsonError {
  return new KeelsonError(
    "privilege.missing",
    `The role "${target.user}" may not create databases, so "${target.database}" could not be made again; it was left as it is.`,
    { hint: createHint(target), details: { database: target.database } },
  );
}

function exists(target: ServerTarget, cause: unknown): KeelsonError {
  return new KeelsonError(
    "database.exists",
    `The server at ${where(target)} already has a database "${target.database}".`,
    {
      hint: "Use it as it is, or drop it first with `keelson db drop`.",
      details: { database: target.database },
      cause,
    },
  );
}

function missing(target: ServerTarget, cause: unknown): KeelsonError {
  return new KeelsonError("database.missing", `The server at ${where(target)} has no database "${target.database}".`, {
    hint: "Check its name with `keelson db shell -c \\\\l`.",
    details: { database: target.database },
    cause,
  });
}

function where(target: ServerTarget): string {
  return target.addresses.map(addressLabel).join(",");
}

function privilegeHint(error: unknown, hint: string): unknown {
  if (!isKeelsonError(error, "privilege.missing")) return error;
  return new KeelsonError(error.code, error.message, { hint, details: error.details, cause: error });
}

function sqlstate(error: unknown): string {
  return isKeelsonError(error) ? String(error.details["sqlstate"] ?? "") : "";
}
