import { basename, dirname, join, resolve } from "node:path";
import { KeelsonError } from "../../errors.ts";
import type { Capabilities, Engine, RunLock, Session } from "../engine.ts";
import { dialectParts } from "./dialect-parts.ts";
import { PgliteSession } from "./pglite/pglite-session.ts";
import { SessionGate } from "./pglite/session-gate.ts";
import { type RunningPglite, startPglite } from "./pglite/start-pglite.ts";
import type { StatementObserver } from "./session/server-session.ts";
import type { LedgerHome } from "./sql-text.ts";

/** What PGlite's engine is made of. */
export interface PgliteEngineOptions {
  /** `pglite:<folder>` or `pglite::memory:`. */
  readonly url: string;
  readonly ledger: LedgerHome;
  /** Roles that belong to the schema: names, or patterns with `*` in them. */
  readonly roles?: readonly string[];
  /** Where a fresh data directory is cached; left out, each new database takes seconds to make. */
  readonly cacheDirectory?: string;
  /** Extensions that CREATE EXTENSION shall find, of those that PGlite brings along; none unless told. */
  readonly extensions?: readonly string[];
  /** Told of each statement with its duration. */
  readonly onStatement?: StatementObserver;
}

const capabilities: Capabilities = {
  sessions: "one",
  databases: "files",
  lockTimeout: true,
  roles: true,
  enforcesForeignKeysInSteps: true,
};

/**
 * The engine of PostgreSQL in this process. PGlite is loaded and started by the first session, and the folder is this
 * process's alone until `close`.
 */
export function pgliteEngine(options: PgliteEngineOptions): Engine {
  const folder = folderOf(options.url);
  const place = { folder, cacheDirectory: options.cacheDirectory ?? null, extensions: options.extensions ?? [] };
  const gate = new SessionGate();
  let running: Promise<{ readonly pglite: RunningPglite; readonly version: string }> | null = null;

  const start = async (create: boolean): Promise<{ readonly pglite: RunningPglite; readonly version: string }> => {
    const pglite = await startPglite(place, { create });
    const { rows } = await pglite.database.query<{ readonly server_version: string }>("SHOW server_version");
    return { pglite, version: rows[0]?.server_version.split(" ")[0] ?? "18" };
  };

  const close = async (): Promise<void> => {
    const stopping = running;
    running = null;
    if (stopping === null) return;
    const { pglite } = await stopping;
    await pglite.stop();
  };

  return {
    name: "pglite",
    ...dialectParts(options.ledger, options.roles),
    capabilities,
    label: folder === null ? "pglite::memory:" : `pglite:${folder}`,

    async open(mode): Promise<Session> {
      running ??= start(mode === "write" || folder === null).catch((error: unknown) => {
        running = null;
        throw error;
      });
      const { pglite, version } = await running;
      return new PgliteSession(pglite, { gate, mode, version, observer: options.onStatement ?? null });
    },
    acquireLock: async () => pgliteLock,
    async describe(session) {
      const { describePglite } = await import("./describe.ts");
      return await describePglite(session, folder, options.ledger);
    },
    listDatabases: async () => [folder === null ? ":memory:" : basename(folder)],
    async createDatabase() {
      const { createPgliteFolder } = await import("./pglite/pglite-folder.ts");
      await createPgliteFolder(place);
    },
    async dropDatabase() {
      const { dropPgliteFolder } = await import("./pglite/pglite-folder.ts");
      await close();
      await dropPgliteFolder(folder);
    },
    withDatabase(name) {
      if (folder === null) return pgliteEngine(options);
      return pgliteEngine({ ...options, url: `pglite:${join(dirname(folder), name)}` });
    },
    close,
  };
}

/** The folder's lock file keeps every other process out, and a transaction keeps every other session out. */
const pgliteLock: RunLock = {
  scope: "step",
  protectsAutocommit: true,
  async enter(session) {
    await session.query("BEGIN ISOLATION LEVEL READ COMMITTED");
  },
  assertHeld: () => undefined,
  blockers: () => [],
  release: async () => undefined,
};

function folderOf(url: string): string | null {
  const [, rest] = /^pglite:(.*)$/is.exec(url) ?? [];
  if (rest === undefined || rest === "" || rest === "//") {
    throw new KeelsonError("connection.url", "The connection names no PGlite folder.", {
      hint: "Write pglite:FOLDER, for example pglite:.keelson/dev, or pglite::memory:.",
    });
  }
  if (rest === ":memory:" || rest === "//:memory:") return null;
  return resolve(rest.replace(/^\/\/(?!\/)/, "").replace(/^\/\/\//, "/"));
}
