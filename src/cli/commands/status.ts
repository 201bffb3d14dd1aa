import { status } from "../../app/status.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { statusText } from "../render/status.ts";

/** Runs `keelson status`. */
export const runStatus: VerbRunner<"status"> = async (call) => {
  const { options } = await openProject(call);
  const report = await status(options);
  printResult(call, report, () => statusText(report, call.screen.style));
  return 0;
};
