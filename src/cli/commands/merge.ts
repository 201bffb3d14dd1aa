import { merge } from "../../app/merge.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { mergedText } from "../render/created.ts";

/** Runs `keelson merge`. */
export const runMerge: VerbRunner<"merge"> = async (call) => {
  const { options } = await openProject(call);
  const report = await merge({
    ...options,
    ...given(call.options, "message", "unproven"),
    ...(call.words.length === 0 ? {} : { revisions: call.words }),
  });
  printResult(call, report, () => mergedText(report, call.screen.style));
  return 0;
};
