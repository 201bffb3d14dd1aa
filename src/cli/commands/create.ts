import { type CreateOptions, create } from "../../app/create.ts";
import { KeelsonError } from "../../errors.ts";
import { type Call, given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { createdText } from "../render/created.ts";

/** Runs `keelson create`. */
export const runCreate: VerbRunner<"create"> = async (call) => {
  const { options: flags, words } = call;
  const message = words.join(" ");
  if (flags.empty !== true) throw needsEmpty(message);
  const layout = layoutOf(flags);
  const { options } = await openProject(call);
  const report = await create({
    ...options,
    ...given(flags, "parents", "labels", "dependsOn"),
    ...(layout === null ? {} : { layout }),
    message,
  });
  printResult(call, report, () => createdText(report, call.screen.style));
  return 0;
};

function needsEmpty(message: string): KeelsonError {
  return new KeelsonError(
    "usage.invalid",
    "Comparing models with the history is not available in this release, so create can only write a revision for you to fill in. Nothing was written.",
    { hint: `keelson create --empty ${message === "" ? '"what it does"' : JSON.stringify(message)}` },
  );
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
