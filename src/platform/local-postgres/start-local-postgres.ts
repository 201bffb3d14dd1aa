import { chmod, chown, cp, lchown, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isKeelsonError } from "../../errors.ts";
import { freePort } from "./free-port.ts";
import { launchPostgres, type PostgresProcess, type ShutdownMode } from "./postgres-process.ts";
import { postgresTemplate, superuser } from "./postgres-template.ts";
import { type ServerUser, serverUser } from "./server-user.ts";

/** How a local server is made. */
export interface LocalPostgresOptions {
  /** The folder of `initdb` and `postgres`. */
  readonly programs: string;
  /** Their version, as the name of the template that data folders are copied from. */
  readonly version: string;
  /** Where templates are kept. */
  readonly cacheDirectory: string;
  /** Server settings, as in `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether commits survive a crash of the machine (not only of the server); off unless told, which is faster. */
  readonly fsync?: boolean;
  /** What the server asks of those who connect; `trust` unless told. */
  readonly auth?: "trust" | "scram-sha-256";
}

/** A PostgreSQL server on a random port of 127.0.0.1, gone with its data after `stop()` or with this process. */
export interface LocalPostgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dataDirectory: string;
  /** Holds the Unix socket: a libpq `host`. */
  readonly socketDirectory: string;
  /** The process id of the server now. */
  readonly pid: number;
  /** Stops the server and keeps its data and port, until `startUp()`. */
  shutDown(mode?: ShutdownMode): Promise<void>;
  startUp(): Promise<void>;
  restart(mode?: ShutdownMode): Promise<void>;
  /** Everything that the server has logged. */
  log(): Promise<string>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts a throw-away PostgreSQL server from programs that lie on this machine. */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const { programs, version, cacheDirectory } = options;
  const template = await postgresTemplate({ programs, version, cacheDirectory });
  const user = serverUser();
  const folder = await mkdtemp(join(tmpdir(), "keelson-pg-"));
  const dataDirectory = join(folder, "data");
  const durable = options.fsync === true ? "on" : "off";
  const settings = { ...speedSettings(durable), ...options.settings, unix_socket_directories: folder };
  try {
    await copyTemplate({ template, folder, dataDirectory, user });
    await writeFile(join(dataDirectory, "pg_hba.conf"), accessRules(options.auth ?? "trust"));
    const launch = (port: number) =>
      launchPostgres({ programs, folder, dataDirectory, user, settings: { ...settings, port: String(port) } });
    const { port, server } = await launchOnFreePort(launch);
    return describeServer({ port, folder, dataDirectory, server, relaunch: () => launch(port) });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function speedSettings(durable: "on" | "off"): Readonly<Record<string, string>> {
  return {
    listen_addresses: "127.0.0.1",
    max_connections: "300",
    shared_buffers: "64MB",
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
  };
}

function accessRules(method: "trust" | "scram-sha-256"): string {
  const everyone = ["local all all", "host all all 127.0.0.1/32", "host all all ::1/128", "local replication all"];
  return `${everyone.map((rule) => `${rule} ${method}`).join("\n")}\n`;
}

async function copyTemplate(copy: {
  readonly template: string;
  readonly folder: string;
  readonly dataDirectory: string;
  readonly user: ServerUser | null;
}): Promise<void> {
  await cp(copy.template, copy.dataDirectory, { recursive: true });
  await chmod(copy.dataDirectory, 0o700);
  if (copy.user === null) return;
  await chmod(copy.folder, 0o755);
  await chown(copy.folder, copy.user.uid, copy.user.gid);
  await chown(copy.dataDirectory, copy.user.uid, copy.user.gid);
  for (const entry of await readdir(copy.dataDirectory, { recursive: true })) {
    await lchown(join(copy.dataDirectory, entry), copy.user.uid, copy.user.gid);
  }
}

/** Another process may take the free port before the server does, so a taken one is tried again with the next. */
async function launchOnFreePort(
  launch: (port: number) => Promise<PostgresProcess>,
): Promise<{ readonly port: number; readonly server: PostgresProcess }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { port, server: await launch(port) };
    } catch (error) {
      if (attempt === 5 || !isKeelsonError(error) || error.details["portTaken"] !== true) throw error;
    }
  }
}

function describeServer(parts: {
  readonly port: number;
  readonly folder: string;
  readonly dataDirectory: string;
  readonly server: PostgresProcess;
  readonly relaunch: () => Promise<PostgresProcess>;
}): LocalPostgres {
  const { port, folder, dataDirectory } = parts;
  let { server } = parts;
  const startUp = async () => {
    server = await parts.relaunch();
  };
  return {
    port,
    user: superuser.name,
    password: superuser.password,
    dataDirectory,
    socketDirectory: folder,
    get pid() {
      return server.pid;
    },
    shutDown: (mode = "fast") => server.stop(mode),
    startUp,
    async restart(mode = "fast") {
      await server.stop(mode);
      await startUp();
    },
    log: () => readFile(join(folder, "log"), "utf8"),
    async stop() {
      await server.stop("immediate");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
