import { type ChildProcess, spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KeelsonError } from "../../errors.ts";
import type { ServerUser } from "./server-user.ts";
import { stopWithParent } from "./stop-with-parent.ts";

/** `fast` lets the server write everything; `immediate` is a crash, after which it recovers from its log. */
export type ShutdownMode = "fast" | "immediate";

/** What a server process is started with. */
export interface LaunchRequest {
  readonly programs: string;
  /** Holds the data folder, the socket and the log. */
  readonly folder: string;
  readonly dataDirectory: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly user: ServerUser | null;
}

/** A running postmaster. */
export interface PostgresProcess {
  readonly pid: number;
  /** Stops it and resolves when the process is gone; harmless when it already is. */
  stop(mode: ShutdownMode): Promise<void>;
}

const startLimitMs = 60_000;

/** Starts a postmaster and resolves once it accepts connections; throws with its log when it gives up. */
export async function launchPostgres(request: LaunchRequest): Promise<PostgresProcess> {
  const logFile = join(request.folder, "log");
  const log = await open(logFile, "a");
  const flags = Object.entries(request.settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(request.programs, "postgres"), ["-D", request.dataDirectory, ...flags], {
    cwd: request.folder,
    env: { LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log.fd, log.fd],
    detached: true,
    ...request.user,
  });
  const gone = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await log.close();
  const pidFile = join(request.dataDirectory, "postmaster.pid");
  const { pid } = child;
  if (pid === undefined || !(await isReady(child, pidFile))) {
    child.kill("SIGKILL");
    throw await startFailure(logFile);
  }
  child.unref();
  const watch = stopWithParent({ pid, pidFile, signal: "QUIT", folder: request.folder, user: request.user });
  return {
    pid,
    async stop(mode) {
      child.ref();
      child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
      await gone;
      watch.end();
    },
  };
}

/** The postmaster says `ready` in the eighth line of its pid file; asking there costs no connection. */
async function isReady(child: ChildProcess, pidFile: string): Promise<boolean> {
  const deadline = Date.now() + startLimitMs;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const lines = (await readFile(pidFile, "utf8").catch(() => "")).split("\n");
    if (lines[0] === String(child.pid) && lines[7]?.trim() === "ready") return true;
    await sleep(15);
  }
  return false;
}

async function startFailure(logFile: string): Promise<KeelsonError> {
  const log = await readFile(logFile, "utf8").catch(() => "");
  const last = log.trimEnd().split("\n").slice(-10).join("\n");
  return new KeelsonError(
    "connection.refused",
    `The local PostgreSQL server did not start:\n${last || "its program could not be run"}`,
    {
      hint: "The folder of its programs must be readable by the user that the server runs as: set KEELSON_CACHE to one that is.",
      details: { portTaken: log.includes("could not bind") },
    },
  );
}
