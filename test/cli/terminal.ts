import { spawn, spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { keelsonProgram } from "../support/run-keelson.ts";

/** A command line on a terminal of its own. */
export interface TerminalRun {
  /** Resolves once the screen shows it; rejects when the program ends first. */
  shows(pattern: RegExp): Promise<void>;
  type(text: string): void;
  /** Everything shown, as text, and the exit code. */
  readonly done: Promise<{ readonly code: number | null; readonly screen: string; readonly raw: string }>;
}

const terminalProgram = "script";

/** Whether no pseudo-terminal can be made here; says so aloud, and throws when `CI=true`, where nothing may be skipped. */
export function terminalMissing(): boolean {
  if (spawnSync(terminalProgram, ["--version"]).status === 0) return false;
  const message = "The program script (util-linux) is not installed, so there is no terminal to test on";
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`\nSKIPPED: ${message}\n`);
  return true;
}

/** Starts `keelson` on a pseudo-terminal of 100 columns; standard output and error come together, as on a screen. */
export function startOnTerminal(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): TerminalRun {
  const words = [process.execPath, keelsonProgram, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return startLineOnTerminal(`exec ${words.join(" ")}`, options);
}

/** Starts a line of shell on such a pseudo-terminal. */
export function startLineOnTerminal(
  line: string,
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): TerminalRun {
  const child = spawn(terminalProgram, ["-qefc", `stty cols 100 rows 40; ${line}`, "/dev/null"], {
    cwd: options.cwd,
    env: { PATH: process.env["PATH"], HOME: tmpdir(), TERM: "xterm-256color", SHELL: "/bin/sh", ...options.env },
  });
  let raw = "";
  const listeners = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    raw += chunk;
    for (const listener of listeners) listener();
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), 80_000);
  const done = new Promise<Awaited<TerminalRun["done"]>>((resolve) => {
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, raw, screen: screenText(raw) });
    });
  });
  const shows = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(screenText(raw))) resolve();
      };
      listeners.add(look);
      look();
      void done.then(({ screen }) => reject(new Error(`It ended without showing ${pattern}:\n${screen}`)));
    });
  return { shows, done, type: (text) => void child.stdin.write(text) };
}

/** Without colours and cursor movements. */
function screenText(output: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return output.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "").replaceAll("\r", "");
}
