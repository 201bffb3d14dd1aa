import { current } from "../../app/history.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { revisionLines } from "../render/history.ts";

/** Runs `keelson current`. */
export const runCurrent: VerbRunner<"current"> = async (call) => {
  const { options } = await openProject(call);
  const report = await current(options);
  printResult(call, report, () =>
    report.revisions.length === 0
      ? `base  nothing is applied to ${report.database}`
      : revisionLines(report.revisions, call.screen.style),
  );
  return 0;
};
