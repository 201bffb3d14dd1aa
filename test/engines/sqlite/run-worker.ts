import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** A worker under way. */
export interface RunningWorker {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Resolves when the worker printed that it holds what it was to hold. */
  readonly holding: Promise<void>;
  /** The exit code or signal, and everything it printed. */
  readonly ended: Promise<{ readonly code: number | string | null; readonly output: string }>;
}

/** Starts a process that works on a database; see `worker.ts` for the tasks. */
export function startWorker(
  task: "steps" | "counter" | "hold" | "holdLockFile",
  file: string,
  argument = "",
): RunningWorker {
  const child = spawn(process.execPath, ["--import", "jiti/register", worker, task, file, argument], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<{ code: number | string | null; output: string }>((resolve) => {
    child.once("close", (code, signal) => resolve({ code: code ?? signal, output }));
  });
  const holding = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (output.includes("holding")) resolve();
      });
    }
    void ended.then(({ code }) => reject(new Error(`the worker ended (${code}) before it held anything: ${output}`)));
  });
  holding.catch(() => undefined);
  return { process: child, pid: child.pid ?? 0, holding, ended };
}

/** Starts many workers at once and waits for all of them. */
export async function runWorkers(
  count: number,
  task: "steps" | "counter",
  file: string,
  argument = "",
): Promise<readonly (number | string | null)[]> {
  const workers = Array.from({ length: count }, () => startWorker(task, file, argument));
  const ends = await Promise.all(workers.map((one) => one.ended));
  const failed = ends.find((end) => end.code !== 0);
  if (failed !== undefined) console.error(failed.output);
  return ends.map((end) => end.code);
}
