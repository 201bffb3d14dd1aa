import { dropDatabase } from "../../app/database.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { asking } from "../prompt.ts";
import { doneMark } from "../render/marks.ts";

/** Runs `keelson db drop`. */
export const runDbDrop: VerbRunner<"db drop"> = async (call) => {
  const { options: flags, screen } = call;
  const { options } = await openProject(call);
  const report = await dropDatabase({
    ...options,
    ...given(flags, "disconnect", "allowProduction"),
    yes: flags.yes === true || flags.force === true,
    ...asking(screen, (database: string) => ({
      facts: [`${database} would be dropped with all its data.`],
      question: "Drop it?",
    })),
  });
  printResult(call, report, () => `${doneMark(screen.style)} Dropped ${report.database}`);
  return 0;
};
