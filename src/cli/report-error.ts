import { isKeelsonError, KeelsonError } from "../errors.ts";
import { type ExitCode, exitCodeOf } from "./exit-codes.ts";
import { styleOf } from "./render/style.ts";
import type { Screen } from "./screen.ts";

/** Prints an error where and how the screen wants it, and gives the code to exit with. */
export function reportError(thrown: unknown, screen: Screen, options: { readonly debug: boolean }): ExitCode {
  const error = isKeelsonError(thrown) ? thrown : unexpected(thrown);
  const exitCode = exitCodeOf(error.code);
  const { code, message, hint, details } = error;
  if (screen.json) {
    screen.record({ event: "error", code, message, hint: hint ?? null, details, exitCode });
  } else if (screen.errorLog !== null) {
    screen.errorLog.error({ code, ...(hint === undefined ? {} : { hint }), details, exitCode }, message);
  } else {
    screen.note(errorText(error));
  }
  if (options.debug) screen.note(`${stackText(error)}\n`);
  return exitCode;
}

function errorText({ code, message, hint }: KeelsonError): string {
  const { colour } = styleOf(process.stderr);
  const next = hint === undefined || hint === "" ? "" : `${colour.cyan("hint:")} ${hint}\n`;
  return `${colour.red(colour.bold(`error[${code}]`))}: ${message}\n${next}`;
}

/** Everything that Keelson throws on purpose has a code, so this is a defect of Keelson. */
function unexpected(thrown: unknown): KeelsonError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new KeelsonError("internal", `Keelson met an error that it did not expect: ${message}`, {
    hint: "Look at where the database stands: keelson status. DB_DEBUG=1 shows where in Keelson this happened; please report it.",
    cause: thrown,
  });
}

function stackText(error: Error): string {
  const causes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) causes.push(at.stack ?? at.message);
  return causes.join("\ncaused by: ");
}
