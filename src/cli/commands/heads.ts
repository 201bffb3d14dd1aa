import { heads } from "../../app/history.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { revisionLines } from "../render/history.ts";

/** Runs `keelson heads`. */
export const runHeads: VerbRunner<"heads"> = async (call) => {
  const { options } = await openProject(call);
  const revisions = await heads(options);
  printResult(call, { revisions }, () =>
    revisions.length === 0 ? "There are no revisions." : revisionLines(revisions, call.screen.style),
  );
  return 0;
};
