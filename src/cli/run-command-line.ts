import { processVariables } from "../config/environment.ts";
import type { AnyCall, Call, VerbRunner } from "./call.ts";
import type { ExitCode } from "./exit-codes.ts";
import { parseArguments } from "./parse-arguments.ts";
import { Screen } from "./screen.ts";
import type { VerbName, VerbOptions } from "./table/verbs.ts";

/** Each verb's code is loaded only when it is used. */
const runners: { readonly [Name in VerbName]: () => Promise<VerbRunner<Name>> } = {
  init: async () => (await import("./commands/init.ts")).runInit,
  create: async () => (await import("./commands/create.ts")).runCreate,
  prove: async () => (await import("./commands/prove.ts")).runProve,
  merge: async () => (await import("./commands/merge.ts")).runMerge,
  squash: async () => (await import("./commands/squash.ts")).runSquash,
  upgrade: async () => (await import("./commands/upgrade.ts")).runUpgrade,
  downgrade: async () => (await import("./commands/downgrade.ts")).runDowngrade,
  migrate: async () => (await import("./commands/migrate.ts")).runMigrate,
  sql: async () => (await import("./commands/sql.ts")).runSql,
  stamp: async () => (await import("./commands/stamp.ts")).runStamp,
  reset: async () => (await import("./commands/reset.ts")).runReset,
  status: async () => (await import("./commands/status.ts")).runStatus,
  current: async () => (await import("./commands/current.ts")).runCurrent,
  history: async () => (await import("./commands/history.ts")).runHistory,
  heads: async () => (await import("./commands/heads.ts")).runHeads,
  show: async () => (await import("./commands/show.ts")).runShow,
  plan: async () => (await import("./commands/plan.ts")).runPlan,
  diff: async () => (await import("./commands/diff.ts")).runDiff,
  check: async () => (await import("./commands/check.ts")).runCheck,
  doctor: async () => (await import("./commands/doctor.ts")).runDoctor,
  "db create": async () => (await import("./commands/db-create.ts")).runDbCreate,
  "db drop": async () => (await import("./commands/db-drop.ts")).runDbDrop,
  "db shell": async () => (await import("./commands/db-shell.ts")).runDbShell,
};

/** Understands a command line, does what it says, and gives the code to exit with; throws nothing. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const screen = new Screen({ json: wantsJson(args) });
  try {
    const { verb, words, options } = parseArguments(args);
    if (options["checkOnly"] === true) return await runVerb("doctor", { words: [], options, screen });
    return await runVerb(verb, { words, options, screen });
  } catch (error) {
    screen.close();
    const { reportError } = await import("./report-error.ts");
    return reportError(error, screen, { debug: debugWanted() });
  } finally {
    screen.close();
  }
}

async function runVerb<Name extends VerbName>(
  verb: Name,
  {
    words,
    options,
    screen,
  }: Pick<AnyCall, "words" | "screen"> & { readonly options: Readonly<Record<string, unknown>> },
): Promise<ExitCode> {
  const run = await runners[verb]();
  // The parser read each option by the verb's own table, whose types these are.
  const call: Call<Name> = { verb, words, options: options as VerbOptions<Name>, screen };
  return await run(call);
}

/** Known before anything is parsed, so that a wrong command line is told in the wanted form as well. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).includes("--json");
}

function debugWanted(): boolean {
  return ["1", "true", "yes", "on"].includes(processVariables()["DB_DEBUG"]?.toLowerCase() ?? "");
}
