import { doctor } from "../../app/doctor.ts";
import { describeSettings } from "../../config/describe-settings.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { doctorText } from "../render/doctor.ts";

/** Runs `keelson doctor`. */
export const runDoctor: VerbRunner<"doctor"> = async (call) => {
  const { options, settings } = await openProject(call);
  const report = await doctor(options);
  const described = describeSettings(settings);
  printResult(call, { ...report, settings: Object.fromEntries(described) }, () =>
    doctorText(report, described, call.screen.style),
  );
  return 0;
};
