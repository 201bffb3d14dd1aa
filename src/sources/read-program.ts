import { stripVTControlCharacters } from "node:util";
import { KeelsonError } from "../errors.ts";
import { type CapturedProgram, runProgram } from "../platform/child-process.ts";

/** Which program prints the schema, and where it runs. */
export interface ProgramSource {
  readonly command: string | readonly string[];
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

const limitMs = 300_000;
const maxOutput = 64_000_000;

/** How a program is named in messages: its text, with passwords of URLs blotted out. */
export function programLabel(command: string | readonly string[]): string {
  return blotted(typeof command === "string" ? command.trim() : command.join(" "));
}

/** Runs a program in the project's folder and returns the DDL that it prints; throws `source.invalid` with its messages. */
export async function readProgram({ command, root, signal }: ProgramSource): Promise<string> {
  const label = programLabel(command);
  const ended = await runProgram({
    ...shellCall(command),
    cwd: root,
    timeoutMs: limitMs,
    maxOutput,
    ...(signal === undefined ? {} : { signal }),
  });
  if (ended.outcome === "aborted") {
    throw new KeelsonError("run.interrupted", `The program ${label} was interrupted; no database was changed.`);
  }
  if (ended.outcome !== "exited" || ended.exitCode !== 0) throw failed(label, ended);
  if (ended.stdout.length >= maxOutput)
    throw new KeelsonError("source.invalid", `${label} prints too much to be a schema.`);
  if (ended.stdout.trim() === "") throw printedNothing(label, ended.stderr);
  // Some programs colour what they print, also where it is read by another one.
  return stripVTControlCharacters(ended.stdout);
}

function shellCall(command: string | readonly string[]): {
  readonly command: string;
  readonly args: readonly string[];
} {
  if (typeof command !== "string") return { command: command[0] ?? "", args: command.slice(1) };
  return process.platform === "win32"
    ? { command: "cmd.exe", args: ["/d", "/s", "/c", command] }
    : { command: "/bin/sh", args: ["-c", command] };
}

function failed(label: string, ended: CapturedProgram): KeelsonError {
  const messages = told(ended.stderr) || told(ended.stdout);
  return new KeelsonError(
    "source.invalid",
    `The schema's program failed (${howEnded(ended)}): ${label}${messages === "" ? "" : `\n${messages}`}`,
    {
      hint: "Run it by hand in the project's folder: it has to print DDL on its standard output and end with 0. No database was contacted by Keelson.",
      details: { program: label, outcome: ended.outcome, messages },
    },
  );
}

function printedNothing(label: string, stderr: string): KeelsonError {
  const messages = told(stderr);
  return new KeelsonError(
    "source.invalid",
    `The schema's program printed nothing: ${label}${messages === "" ? "" : `\n${messages}`}`,
    {
      hint: "It has to print the DDL of the whole schema on its standard output; an empty schema is not declared like this, since everything would be dropped.",
      details: { program: label, messages },
    },
  );
}

function howEnded(ended: CapturedProgram): string {
  switch (ended.outcome) {
    case "exited":
      return `exit code ${ended.exitCode}`;
    case "killed":
      return `ended by ${ended.signal}`;
    case "missing":
      return `it can't be run: ${ended.reason}`;
    case "timeout":
      return `not finished after ${limitMs / 60_000} minutes`;
    default:
      return ended.outcome;
  }
}

/** The end of what a program said; programs repeat the URLs that they were given. */
function told(output: string): string {
  return blotted(stripVTControlCharacters(output).trim().split("\n").slice(-20).join("\n").slice(-4000));
}

function blotted(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:/@'"]*):[^\s@'"]*@/gi, "$1:***@");
}
