import { createDatabase } from "../../app/database.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { doneMark } from "../render/marks.ts";

/** Runs `keelson db create`. */
export const runDbCreate: VerbRunner<"db create"> = async (call) => {
  const { options } = await openProject(call);
  const report = await createDatabase(options);
  printResult(call, report, () => `${doneMark(call.screen.style)} Created ${report.database}`);
  return 0;
};
