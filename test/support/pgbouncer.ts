import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { chown, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../../src/platform/local-postgres/free-port.ts";
import { serverUser } from "../../src/platform/local-postgres/server-user.ts";
import { stopWithParent } from "../../src/platform/local-postgres/stop-with-parent.ts";

/** A PgBouncer before one PostgreSQL server. */
export interface PgBouncer {
  readonly port: number;
  /** The URL of a database through the pooler; the one that `startPgBouncer` was given unless told. */
  url(database?: string): string;
  /** One of PgBouncer's own commands, such as `SHOW POOLS`; gives its rows. */
  admin(command: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Whether PgBouncer is not installed here; says so aloud, and throws when `CI=true`, where nothing may be skipped. */
export function pgBouncerMissing(): boolean {
  if (findProgram() !== null) return false;
  const message = "PgBouncer is not installed (Debian: apt-get install pgbouncer)";
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`\nSKIPPED: ${message}\n`);
  return true;
}

/** Starts PgBouncer before the server of `url`, with one pool of `poolSize` for each database and user. */
export async function startPgBouncer(options: {
  readonly url: string;
  readonly poolSize: number;
  readonly mode?: "transaction" | "session" | "statement";
  readonly settings?: Readonly<Record<string, string>>;
}): Promise<PgBouncer> {
  const program = findProgram();
  if (program === null) throw new Error("PgBouncer is not installed: guard the test with pgBouncerMissing()");
  const server = new URL(options.url);
  const user = serverUser();
  const folder = await mkdtemp(join(tmpdir(), "keelson-pgb-"));
  const port = await freePort();
  const pidFile = join(folder, "pid");
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: String(port),
    unix_socket_dir: "",
    pool_mode: options.mode ?? "transaction",
    default_pool_size: String(options.poolSize),
    max_client_conn: "1000",
    auth_type: "any",
    admin_users: decodeURIComponent(server.username),
    pidfile: pidFile,
    logfile: join(folder, "log"),
    ignore_startup_parameters: "extra_float_digits",
    ...options.settings,
  };
  const destination = `host=${server.hostname} port=${server.port} user=${decodeURIComponent(server.username)} password=${decodeURIComponent(server.password)}`;
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, `[databases]\n* = ${destination}\n[pgbouncer]\n${lines.join("\n")}\n`);
  if (user !== null) for (const path of [folder, file]) await chown(path, user.uid, user.gid);

  const output = await open(join(folder, "output"), "a");
  const child = spawn(program, [file], {
    cwd: folder,
    stdio: ["ignore", output.fd, output.fd],
    detached: true,
    ...user,
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await output.close();

  const url = (database: string) => {
    const through = new URL(server);
    through.host = `127.0.0.1:${port}`;
    through.pathname = `/${encodeURIComponent(database)}`;
    return through.href;
  };
  const admin = async (command: string) => {
    const client = new Client({ connectionString: url("pgbouncer") });
    await client.connect();
    const result = await client.query(command).finally(() => client.end());
    return result.rows;
  };
  for (let attempt = 0; !(await answers(admin)); attempt++) {
    if (attempt < 200 && child.exitCode === null) await sleep(25);
    else throw new Error(`PgBouncer did not start:\n${await readFile(join(folder, "output"), "utf8")}`);
  }
  child.unref();
  const watch = stopWithParent({ pid: child.pid ?? 0, pidFile, signal: "TERM", folder, user });
  return {
    port,
    url: (database = decodeURIComponent(server.pathname.slice(1))) => url(database),
    admin,
    async stop() {
      child.kill("SIGTERM");
      await gone;
      watch.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(admin: PgBouncer["admin"]): Promise<boolean> {
  return admin("SHOW VERSION").then(
    () => true,
    () => false,
  );
}

function findProgram(): string | null {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  for (const path of folders.map((folder) => join(folder, "pgbouncer"))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
