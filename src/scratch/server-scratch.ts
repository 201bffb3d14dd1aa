import { randomBytes } from "node:crypto";
import type { Engine, Session } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import type { ScratchDatabase, ScratchServer } from "./scratch-database.ts";

/** A server that scratch databases are made on. */
export interface ServerScratchOptions {
  /** On a database of the server that its user may connect to; closed with the scratch server. */
  readonly engine: Engine;
  readonly label: string;
  readonly version: string;
  readonly identity: string;
  /** Nobody else uses the server: roles may be made on it, and are dropped with the last of its databases. */
  readonly own: boolean;
}

const prefix = "keelson_scratch_";

/** A scratch database is given this long before it is taken for one whose process has ended. */
const leftoverAfterMs = 24 * 60 * 60 * 1000;

/** Scratch databases on a PostgreSQL server: empty copies of `template0`, dropped after use. */
export function serverScratch(options: ServerScratchOptions): ScratchServer {
  const open = new Set<ScratchDatabase>();
  let swept = options.own;
  return {
    dialect: options.engine.dialect,
    label: options.label,
    version: options.version,
    identity: options.identity,
    async create() {
      const name = scratchName(Date.now());
      await withSession(options, async (session) => {
        if (!swept) await dropLeftovers(options.engine, session, Date.now());
        swept = true;
        await createDatabase(options, session, name);
      });
      const database = await openDatabase(options, name, async () => {
        open.delete(database);
        if (options.own && open.size === 0) await withSession(options, (session) => dropRoles(options.engine, session));
      });
      open.add(database);
      return database;
    },
    async close() {
      for (const database of [...open]) await database.drop();
      await options.engine.close();
    },
  };
}

/** The name tells when the database was made, so that a leftover can be told from one in use. */
export function scratchName(now: number): string {
  return `${prefix}${Math.floor(now / 1000).toString(36)}_${randomBytes(5).toString("hex")}`;
}

/** Drops scratch databases that were left behind more than a day ago and that nobody is connected to. */
export async function dropLeftovers(engine: Engine, session: Session, now: number): Promise<void> {
  const { rows } = await session.query<{ readonly name: string }>(
    `SELECT d.datname AS name FROM pg_catalog.pg_database d
     WHERE d.datname LIKE 'keelson\\_scratch\\_%' AND pg_catalog.pg_get_userbyid(d.datdba) = current_user
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)`,
  );
  for (const { name } of rows) {
    const [, moment] = /^keelson_scratch_([0-9a-z]{6,8})_[0-9a-f]{10}$/.exec(name) ?? [];
    if (moment === undefined || Number.parseInt(moment, 36) * 1000 > now - leftoverAfterMs) continue;
    // Another process may sweep at the same moment, or have just connected.
    await session.query(`DROP DATABASE IF EXISTS ${engine.sql.identifier(name)}`).catch(() => undefined);
  }
}

/** Roles outlive the database that the work made them in, and the next work would find them there. */
async function dropRoles(engine: Engine, session: Session): Promise<void> {
  const { rows } = await session.query<{ readonly name: string }>(
    "SELECT rolname AS name FROM pg_catalog.pg_roles WHERE oid >= 16384 AND rolname <> current_user",
  );
  for (const { name } of rows) await session.query(`DROP ROLE ${engine.sql.identifier(name)}`).catch(() => undefined);
}

async function withSession<Result>(
  options: ServerScratchOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await options.engine.open("write");
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function createDatabase(options: ServerScratchOptions, session: Session, name: string): Promise<void> {
  try {
    await session.query(`CREATE DATABASE ${options.engine.sql.identifier(name)} TEMPLATE template0`);
  } catch (error) {
    if (!isKeelsonError(error)) throw error;
    throw new KeelsonError(
      "scratch.unavailable",
      `No scratch database can be made on ${options.label}: ${error.message} Nothing was written.`,
      {
        hint: `${error.hint ?? "The user of that connection must be allowed to create databases."} Or choose another scratch database: the key \`scratch\` of the configuration.`,
        details: { scratch: options.label },
        cause: error,
      },
    );
  }
}

async function openDatabase(
  options: ServerScratchOptions,
  name: string,
  afterDrop: () => Promise<void>,
): Promise<ScratchDatabase> {
  const engine = options.engine.withDatabase(name);
  const drop = async (): Promise<void> => {
    await engine.close().catch(() => undefined);
    await withSession(options, (session) =>
      session.query(`DROP DATABASE IF EXISTS ${options.engine.sql.identifier(name)} WITH (FORCE)`),
    ).catch(() => undefined);
  };
  try {
    const session = await engine.open("write");
    return {
      engine,
      session,
      label: options.label,
      ownsRoles: options.own,
      suits: () => true,
      async drop() {
        await session.close().catch(() => undefined);
        await drop();
        await afterDrop().catch(() => undefined);
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}
