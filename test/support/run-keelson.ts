import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "../../src/config/cache-directory.ts";

/** The built command line. */
export const keelsonProgram = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** How a process is run. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to an otherwise nearly empty environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input, which then ends. */
  readonly input?: string;
  /** Milliseconds until it is killed; a minute unless told. */
  readonly timeout?: number;
}

/** How a process ended. `code` is null when a signal ended it. */
export interface RunResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** A process under way. */
export interface Run {
  readonly process: ChildProcess;
  readonly done: Promise<RunResult>;
  /** Resolves with the match once standard output and error, taken together, match; rejects when the process ends first. */
  output(pattern: RegExp): Promise<RegExpMatchArray>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs `keelson` with these arguments to its end. */
export function runKeelson(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return startKeelson(args, options).done;
}

/** Starts `keelson` and gives a handle to watch it and to interfere. */
export function startKeelson(args: readonly string[], options: RunOptions = {}): Run {
  if (!existsSync(keelsonProgram)) throw new Error("The command line is not built: run npm run build");
  return startProgram(process.execPath, [keelsonProgram, ...args], options);
}

/** Starts any program in the same clean environment. */
export function startProgram(program: string, args: readonly string[], options: RunOptions = {}): Run {
  const started = performance.now();
  const child = spawn(program, args, { cwd: options.cwd ?? tmpdir(), env: cleanEnvironment(options.env) });
  const text = { stdout: "", stderr: "", all: "" };
  const listeners = new Set<() => void>();
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      text[stream] += chunk;
      text.all += chunk;
      for (const listener of listeners) listener();
    });
  }
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeout ?? 60_000);
  const done = new Promise<RunResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const durationMs = performance.now() - started;
      resolve({ code, signal, stdout: text.stdout, stderr: text.stderr, durationMs });
    });
  });
  const output = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text.all);
        if (match !== null) resolve(match);
      };
      listeners.add(look);
      look();
      done.then(() => reject(new Error(`It ended without printing ${pattern}:\n${text.all}`)), reject);
    });
  return { process: child, done, output, kill: (signal) => void child.kill(signal) };
}

/** Runs `keelson` in `count` processes at once and gives all their results. */
export function runMany(
  count: number,
  each: (index: number) => RunOptions & { readonly args: readonly string[] },
): Promise<readonly RunResult[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const { args, ...options } = each(index);
      return runKeelson(args, options);
    }),
  );
}

function cleanEnvironment(added: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "/usr/bin:/bin",
    HOME: tmpdir(),
    KEELSON_CACHE: cacheDirectory(),
    NO_COLOR: "1",
    ...added,
  };
}
