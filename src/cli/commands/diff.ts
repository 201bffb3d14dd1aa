import { diff } from "../../app/diff.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { choosingNames } from "../prompt.ts";
import { diffText } from "../render/differences.ts";

/** Runs `keelson diff`. */
export const runDiff: VerbRunner<"diff"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const [a = "", b = ""] = words;
  const report = await diff({
    ...options,
    ...given(flags, "sql", "renames", "drops", "maps", "renamesFile", "strictCoverage"),
    ...choosingNames(screen),
    a,
    b,
  });
  const exitCode = report.differences.length === 0 ? 0 : 2;
  printResult(call, { ...report, exitCode }, () => diffText(report, screen.style));
  return exitCode;
};
