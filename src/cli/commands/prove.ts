import { prove } from "../../app/prove.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { proveText } from "../render/proofs.ts";

/** Runs `keelson prove`. */
export const runProve: VerbRunner<"prove"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const report = await prove({
    ...options,
    ...given(flags, "all", "majors"),
    ...(words.length === 0 ? {} : { revisions: words }),
  });
  const exitCode = report.proofs.every(({ proof }) => proof.outcome === "proven") ? 0 : 7;
  printResult(call, { ...report, exitCode }, () => proveText(report, screen.style));
  return exitCode;
};
