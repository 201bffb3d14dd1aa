import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A process to run, with its whole environment. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Written to its standard input, from a file. */
  readonly inputFile?: string;
}

/** How a process went. */
export interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** From just before it was started until it was gone and its output read. */
  readonly wallMs: number;
  /** The most memory it had resident at any moment, or null where that can't be measured. */
  readonly peakMb: number | null;
  /** The end of what it printed, for messages. */
  readonly tail: string;
}

/** What to do with a process besides timing it. */
export interface RunOptions {
  /** Measures the peak of its memory, which costs a millisecond of its time. */
  readonly memory?: boolean;
  /** Milliseconds until it is killed; ten minutes unless told. */
  readonly limitMs?: number;
}

const timeProgram = "/usr/bin/time";
const tailLength = 2000;
let measured = 0;

/** Whether the peak of a process's memory can be measured here: GNU time reads it from the kernel when the process ends. */
export function canMeasureMemory(): boolean {
  return process.platform === "linux" && existsSync(timeProgram);
}

/** Runs a process to its end. What it prints is read as it comes, as a terminal would. */
export function runCommand(command: Command, options: RunOptions = {}): Promise<CommandResult> {
  const peakFile = options.memory === true && canMeasureMemory() ? nextPeakFile() : null;
  const { program, args } = peakFile === null ? command : throughTime(command, peakFile);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, {
      cwd: command.cwd,
      env: command.env,
      stdio: [command.inputFile === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    let tail = "";
    const keep = (chunk: Buffer): void => {
      tail = `${tail}${chunk.toString()}`.slice(-tailLength);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.stdin?.on("error", () => undefined);
    if (command.inputFile !== undefined) child.stdin?.end(readFileSync(command.inputFile));
    const timer = setTimeout(() => child.kill("SIGKILL"), options.limitMs ?? 600_000);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      const wallMs = performance.now() - started;
      resolve({ code, wallMs, peakMb: peakFile === null ? null : readPeak(peakFile), tail: tail.trim() });
    });
  });
}

/** Runs a process that prepares something; throws with the end of its output when it fails. */
export async function runOrThrow(command: Command): Promise<void> {
  const result = await runCommand(command);
  if (result.code === 0) return;
  const line = [command.program, ...command.args].join(" ").slice(0, 300);
  throw new Error(`${line} ended with ${result.code ?? "a signal"}:\n${result.tail}`);
}

function throughTime(command: Command, peakFile: string): Pick<Command, "program" | "args"> {
  return { program: timeProgram, args: ["--quiet", "-f", "%M", "-o", peakFile, command.program, ...command.args] };
}

function nextPeakFile(): string {
  measured += 1;
  return join(tmpdir(), `keelson-bench-peak-${process.pid}-${measured}`);
}

function readPeak(file: string): number | null {
  try {
    const kibibytes = Number(readFileSync(file, "utf8").trim());
    return Number.isFinite(kibibytes) ? kibibytes / 1024 : null;
  } catch {
    return null;
  } finally {
    rmSync(file, { force: true });
  }
}
