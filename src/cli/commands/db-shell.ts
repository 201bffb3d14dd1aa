import { withShellSession } from "../../app/database.ts";
import { runInteractive } from "../../platform/child-process.ts";
import { type Call, given, type VerbRunner } from "../call.ts";
import type { ExitCode } from "../exit-codes.ts";
import { type OpenedProject, openProject } from "../open-project.ts";
import { installedShell } from "../shell/installed-shell.ts";

/** Runs `keelson db shell`: psql or sqlite3 where it can, else the built-in prompt. */
export const runDbShell: VerbRunner<"db shell"> = async (call) => {
  const project = await openProject(call);
  return (await runInstalled(call, project)) ?? (await runBuiltIn(call, project));
};

/** Null where there is no such program, or it can't do what was asked. */
async function runInstalled(call: Call<"db shell">, { settings, options }: OpenedProject): Promise<ExitCode | null> {
  const { options: flags, screen } = call;
  if (flags.builtin === true || screen.json) return null;
  const program = installedShell(settings, given(flags, "database", "command"));
  if (program === null) return null;
  // psql and sqlite3 can't wait for a server that is still starting.
  if (options.wait !== undefined) await withShellSession(options, async () => undefined);
  const end = await runInteractive(program);
  if (end.outcome === "missing") return null;
  if (end.outcome === "exited" && end.exitCode === 0) return 0;
  // psql: 2 is a connection that failed, everything else a statement that did.
  const isConnection = program.command === "psql" && end.outcome === "exited" && end.exitCode === 2;
  return isConnection || flags.command === undefined ? 1 : 6;
}

async function runBuiltIn(call: Call<"db shell">, { options }: OpenedProject): Promise<ExitCode> {
  const { options: flags, screen } = call;
  const { runTyped } = await import("../shell/run-statements.ts");
  const { runPrompt } = await import("../shell/built-in-prompt.ts");
  await withShellSession({ ...options, ...given(flags, "database") }, async (engine, session) => {
    const shell = { engine, session, screen };
    if (flags.command === undefined) await runPrompt(shell);
    else await runTyped(shell, flags.command, { together: true });
  });
  if (screen.json) screen.record({ event: "result", verb: call.verb });
  return 0;
}
