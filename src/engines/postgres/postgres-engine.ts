import { homedir } from "node:os";
import type { Capabilities, Engine } from "../engine.ts";
import { connectServer } from "./connect-server.ts";
import { type GivenParameters, parseConnectionString } from "./connection/connection-string.ts";
import { type ServerTarget, serverTarget, targetLabel } from "./connection/server-target.ts";
import { dialectParts } from "./dialect-parts.ts";
import { ServerSession, type StatementObserver } from "./session/server-session.ts";
import type { LedgerHome } from "./sql-text.ts";

/** What a PostgreSQL server's engine is made of. */
export interface PostgresEngineOptions {
  /** A libpq URL or DSN, secrets included. */
  readonly url: string;
  /** Used instead of `url` for everything that writes: a way around a pooler. */
  readonly directUrl?: string | null;
  readonly ledger: LedgerHome;
  /** Roles that belong to the schema: names, or patterns with `*` in them. */
  readonly roles?: readonly string[];
  readonly applicationName?: string;
  /** Milliseconds for each server, where the connection string sets no limit. */
  readonly connectTimeoutMs?: number;
  /** libpq's `PG*` variables. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory?: string;
  /** Told of each statement with its duration. */
  readonly onStatement?: StatementObserver;
}

const capabilities: Capabilities = {
  sessions: "many",
  databases: "server",
  lockTimeout: true,
  roles: true,
  enforcesForeignKeysInSteps: true,
};

/**
 * The engine of a PostgreSQL server. Nothing is connected, and neither `pg` nor the parser is loaded, before it is
 * needed; a URL that can't be used is refused here.
 */
export function postgresEngine(options: PostgresEngineOptions): Engine {
  return makeEngine(options, null);
}

function makeEngine(options: PostgresEngineOptions, database: string | null): Engine {
  const target = targetOf(options, options.url, database);
  const { directUrl = null } = options;
  const writeTarget = directUrl === null || directUrl === "" ? target : targetOf(options, directUrl, database);
  const observer = options.onStatement ?? null;
  return {
    name: "postgres",
    ...dialectParts(options.ledger, options.roles),
    capabilities,
    label: targetLabel(target),

    async open(mode) {
      const connection = await connectServer(...whereTo(mode === "read" ? target : writeTarget, mode));
      return new ServerSession(connection, { mode, observer });
    },
    async acquireLock(request) {
      const { acquireServerLock } = await import("./lock/acquire-server-lock.ts");
      return await acquireServerLock(request, { target: writeTarget, ledger: options.ledger });
    },
    async describe(session) {
      const { describeServer } = await import("./describe.ts");
      return await describeServer(session, options.ledger);
    },
    async listDatabases(session) {
      const { listDatabases } = await import("./databases.ts");
      return await listDatabases(session);
    },
    async createDatabase() {
      const { createServerDatabase } = await import("./databases.ts");
      await createServerDatabase(writeTarget);
    },
    async dropDatabase(how) {
      const { dropServerDatabase } = await import("./databases.ts");
      await dropServerDatabase(writeTarget, how);
    },
    withDatabase: (name) => makeEngine(options, name),
    close: async () => undefined,
  };
}

function targetOf(options: PostgresEngineOptions, url: string, database: string | null): ServerTarget {
  const parsed = parseConnectionString(url);
  const given: GivenParameters = database === null ? parsed : new Map([...parsed, ["dbname", database]]);
  return serverTarget(given, {
    environment: options.environment ?? {},
    homeDirectory: options.homeDirectory ?? homedir(),
    applicationName: options.applicationName ?? "keelson",
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
  });
}

/** Of several servers only one that accepts writes will do for writing, unless the user said otherwise. */
function whereTo(target: ServerTarget, mode: "read" | "write"): Parameters<typeof connectServer> {
  const severalServers = target.addresses.length > 1;
  return mode === "write" && severalServers && target.sessionAttributes === null ? [target, "read-write"] : [target];
}
