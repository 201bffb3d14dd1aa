import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

/** Which program to run, and how. */
export interface ProgramOptions {
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment of the program; left out, it inherits ours. Secrets belong here and never in `args`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Further limits for a program whose output is captured. */
export interface CaptureOptions extends ProgramOptions {
  /** Written to the program's standard input, which is then closed. */
  readonly input?: string;
  /** Milliseconds after which the program is killed. */
  readonly timeoutMs?: number;
  /** Output beyond this many characters a stream is dropped; 16 million unless told. */
  readonly maxOutput?: number;
  readonly signal?: AbortSignal;
}

/** How a program ended. */
export type ProgramEnd =
  | { readonly outcome: "exited"; readonly exitCode: number }
  | { readonly outcome: "killed"; readonly signal: string }
  /** There is no such program, or it may not be run. */
  | { readonly outcome: "missing"; readonly reason: string }
  | { readonly outcome: "timeout" }
  | { readonly outcome: "aborted" };

/** How a program ended and what it printed. */
export type CapturedProgram = ProgramEnd & { readonly stdout: string; readonly stderr: string };

/** Runs a program without a shell and captures its output; never throws, every end is a value. */
export async function runProgram(options: CaptureOptions): Promise<CapturedProgram> {
  if (options.signal?.aborted) return { outcome: "aborted", stdout: "", stderr: "" };
  const child = start(options, ["pipe", "pipe", "pipe"]);
  const limit = options.maxOutput ?? 16_000_000;
  const stdout = collect(child.stdout, limit);
  const stderr = collect(child.stderr, limit);
  // A program that ends without reading its input breaks the pipe; how it ended is what counts.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(options.input ?? "");

  let early: ProgramEnd | undefined;
  const stop = (end: ProgramEnd): void => {
    early ??= end;
    child.kill("SIGKILL");
  };
  const abort = (): void => stop({ outcome: "aborted" });
  options.signal?.addEventListener("abort", abort, { once: true });
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => stop({ outcome: "timeout" }), options.timeoutMs);
  const end = await ended(child);
  clearTimeout(timer);
  options.signal?.removeEventListener("abort", abort);
  return { ...(early ?? end), stdout: stdout(), stderr: stderr() };
}

/**
 * Runs a program on the user's own terminal. Ctrl-C reaches the program alone, so that it can cancel a query without
 * ending this process.
 */
export async function runInteractive(options: ProgramOptions): Promise<ProgramEnd> {
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  try {
    return await ended(start(options, "inherit"));
  } finally {
    process.off("SIGINT", ignore);
  }
}

function start(options: ProgramOptions, stdio: SpawnOptions["stdio"]): ChildProcess {
  return spawn(options.command, [...(options.args ?? [])], {
    stdio,
    windowsHide: true,
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
}

function collect(stream: NodeJS.ReadableStream | null, limit: number): () => string {
  let text = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    if (text.length < limit) text += chunk.slice(0, limit - text.length);
  });
  return () => text;
}

function ended(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ outcome: "missing", reason: error.message }));
    child.once("close", (exitCode, signal) =>
      resolve(signal === null ? { outcome: "exited", exitCode: exitCode ?? 0 } : { outcome: "killed", signal }),
    );
  });
}
