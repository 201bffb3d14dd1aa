import { fileURLToPath } from "node:url";
import type { RunOptions } from "../../src/app/run-verb.ts";
import { type Run, startProgram } from "../support/run-keelson.ts";

const program = fileURLToPath(new URL("./upgrade-process.mjs", import.meta.url));

/** What an application is started with. */
export interface ApplicationOptions extends Omit<RunOptions, "on" | "signal" | "onStatement" | "confirm" | "settings"> {
  readonly verb?: "upgrade" | "downgrade" | "migrate";
  /** The request to the database after which the process kills itself. */
  readonly killAt?: number;
}

/** What an application printed at its end. */
export type ApplicationEnd =
  | { readonly event: "done"; readonly requests: number; readonly steps: readonly (readonly [string, string])[] }
  | { readonly event: "failed"; readonly code: string | null; readonly message: string; readonly hint: string | null };

/** A started application. */
export interface Application extends Run {
  /** How it ended; null when it was killed. */
  readonly end: Promise<ApplicationEnd | null>;
}

/** Starts an application that upgrades its database when it starts; it needs the built library. */
export function startApplication(options: ApplicationOptions, timeout = 120_000): Application {
  const { on: _on, onStatement: _observer, ...plain } = options as ApplicationOptions & Record<string, unknown>;
  const run = startProgram(process.execPath, [program, JSON.stringify(plain)], { timeout });
  const end = run.done.then(({ code, stdout, stderr }) => {
    if (code === null) return null;
    const last = stdout.trim().split("\n").at(-1) ?? "";
    if (!last.startsWith("{")) throw new Error(`The application ended with ${code} and said nothing:\n${stderr}`);
    return JSON.parse(last) as ApplicationEnd;
  });
  end.catch(() => undefined);
  return { ...run, end };
}
