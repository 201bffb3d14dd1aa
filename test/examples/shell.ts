import { rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../support/project.ts";
import { type RunResult, startProgram } from "../support/run-keelson.ts";

/** A terminal in a folder: what one line exports holds for the lines after it. */
export interface Shell {
  run(
    line: string,
    options?: {
      readonly typed?: string;
      readonly env?: ShellVariables;
      /** Milliseconds until it is killed; a minute unless told. */
      readonly timeout?: number;
    },
  ): Promise<RunResult>;
  /** Forgets what was exported, as a new terminal does. */
  renew(): Promise<void>;
}

/** Variables for one line, or for all of them. */
export type ShellVariables = Readonly<Record<string, string>>;

/** Opens a shell with a home of its own, in which npm asks no registry. */
export async function openShell(folder: string, variables: ShellVariables = {}): Promise<Shell> {
  const home = await temporaryFolder("home");
  const exported = join(home, "exported");
  const environment = {
    HOME: home,
    EXPORTED: exported,
    npm_config_offline: "true",
    npm_config_loglevel: "error",
    ...variables,
  };
  return {
    run: (line, { typed, env, timeout } = {}) =>
      startProgram(
        "bash",
        ["-c", `[ -f "$EXPORTED" ] && . "$EXPORTED"\n${line}\ncode=$?\nexport -p > "$EXPORTED"\nexit $code`],
        {
          cwd: folder,
          env: { ...environment, ...env },
          ...(typed === undefined ? {} : { input: typed }),
          ...(timeout === undefined ? {} : { timeout }),
        },
      ).done,
    renew: () => rm(exported, { force: true }),
  };
}
