import { squash } from "../../app/squash.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { squashedText } from "../render/created.ts";

/** Runs `keelson squash`. */
export const runSquash: VerbRunner<"squash"> = async (call) => {
  const { options } = await openProject(call);
  const [range = ""] = call.words;
  const report = await squash({ ...options, ...given(call.options, "message", "keepStatements"), range });
  printResult(call, report, () => squashedText(report, call.screen.style));
  return 0;
};
