import { check } from "../../app/check.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { exitCodeOfCheck } from "../exit-codes.ts";
import { openProject } from "../open-project.ts";
import { checkText } from "../render/check.ts";

/** Runs `keelson check`. */
export const runCheck: VerbRunner<"check"> = async (call) => {
  const { options } = await openProject(call);
  const report = await check({ ...options, ...given(call.options, "against", "offline", "strictCoverage") });
  const exitCode = exitCodeOfCheck(report);
  printResult(call, { ...report, exitCode }, () => checkText(report, call.screen.style));
  return exitCode;
};
