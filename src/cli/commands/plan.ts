import { plan } from "../../app/plan.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { choosingNames } from "../prompt.ts";
import { nothingText, planText } from "../render/generated.ts";
import { previewText } from "../render/preview.ts";

/** Runs `keelson plan`. */
export const runPlan: VerbRunner<"plan"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const report = await plan({
    ...options,
    ...given(flags, "renames", "drops", "maps", "renamesFile", "strictCoverage"),
    ...choosingNames(screen),
    ...(words[0] === undefined ? {} : { target: words[0] }),
  });
  printResult(call, report, () => {
    if (report.of === "history") return previewText(report.run, screen.style);
    const { models } = report;
    return models.outcome === "none" ? nothingText(models, screen.style) : planText(models, screen.style);
  });
  return 0;
};
