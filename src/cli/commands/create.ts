import { type CreateOptions, type CreateReport, create } from "../../app/create.ts";
import { proofFailureText } from "../../app/proof-report.ts";
import { KeelsonError } from "../../errors.ts";
import { type Call, given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { asking, choosingNames } from "../prompt.ts";
import { createText } from "../render/generated.ts";
import type { Screen } from "../screen.ts";

/** Runs `keelson create`. */
export const runCreate: VerbRunner<"create"> = async (call) => {
  const { options: flags, screen, words } = call;
  const layout = layoutOf(flags);
  const { options } = await openProject(call);
  const report = await create({
    ...options,
    ...given(
      flags,
      "empty",
      "ts",
      "from",
      "renames",
      "drops",
      "maps",
      "renamesFile",
      "strictCoverage",
      "check",
      "unproven",
    ),
    ...given(flags, "parents", "labels", "dependsOn"),
    ...(layout === null ? {} : { layout }),
    message: words.join(" "),
    yes: flags.yes === true || flags.force === true,
    ...choosingNames(screen),
    ...confirmingLosses(screen),
  });
  const exitCode = report.outcome === "changes" ? 2 : 0;
  if (!screen.json) noteUnproven(report, screen);
  printResult(call, { ...report, exitCode }, () => createText(report, screen.style));
  return exitCode;
};

function confirmingLosses(screen: Screen): Pick<CreateOptions, "confirmLosses"> {
  const { confirm } = asking(screen, (losses: readonly string[]) => ({
    facts: ["Applying this revision would destroy data:", ...losses.map((loss) => `  ${loss}`)],
    question: "Write it?",
  }));
  return confirm === undefined ? {} : { confirmLosses: confirm };
}

/** A body for each dialect that was run and did not lead where it should. */
function noteUnproven(report: CreateReport, screen: Screen): void {
  if (report.outcome !== "written") return;
  for (const { proof } of report.bodies) if (proof.outcome === "failed") screen.note(`${proofFailureText(proof)}\n`);
}

/** Null where nothing was said, so that the folder's own layout holds. */
function layoutOf(flags: Call<"create">["options"]): NonNullable<CreateOptions["layout"]> | null {
  const formats = new Set([
    ...(flags.layout === undefined ? [] : [flags.layout]),
    ...(flags.simple === true ? (["simple"] as const) : []),
    ...(flags.reversible === true ? (["reversible"] as const) : []),
  ]);
  const [format] = formats;
  const contradicts = formats.size > 1 || (flags.sequential === true && flags.timestamp === true);
  if (contradicts) {
    throw new KeelsonError("usage.invalid", "These options name more than one layout. Nothing was written.", {
      hint: "Give one of --layout, --simple and --reversible, and one of --sequential and --timestamp.",
    });
  }
  const numbering = flags.sequential === true ? "sequential" : flags.timestamp === true ? "timestamp" : undefined;
  if (format === undefined && numbering === undefined) return null;
  return { ...(format === undefined ? {} : { format }), ...(numbering === undefined ? {} : { numbering }) };
}
