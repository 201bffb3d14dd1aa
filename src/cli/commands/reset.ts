import { reset } from "../../app/reset.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { interruptible } from "../interruptible.ts";
import { openProject } from "../open-project.ts";
import { asking } from "../prompt.ts";
import { runSummary } from "../render/run.ts";
import { createRunProgress } from "../run-progress.ts";
import { printBackupLine } from "./move-database.ts";

/** Runs `keelson reset`. */
export const runReset: VerbRunner<"reset"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options, settings } = await openProject(call, createRunProgress);
  printBackupLine(call, settings, flags);
  const report = await interruptible(screen, (signal) =>
    reset({
      ...options,
      ...given(flags, "disconnect", "allowProduction"),
      ...(words[0] === undefined ? {} : { target: words[0] }),
      yes: flags.yes === true || flags.force === true,
      signal,
      ...asking(screen, (database: string) => ({
        facts: [`All data in ${database} would be deleted, and its revisions applied to an empty database.`],
        question: "Delete it and start again?",
      })),
    }),
  );
  printResult(call, report, () => runSummary(report, screen.style));
  return 0;
};
