import { type ShowReport, show } from "../../app/show.ts";
import { KeelsonError } from "../../errors.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { showDiffText, showText } from "../render/show.ts";

/** Runs `keelson show`. */
export const runShow: VerbRunner<"show"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const revisions = await show({ ...options, ...given(flags, "offline"), target: words[0] ?? "head" });
  if (flags.applied === true && !screen.json) {
    for (const report of revisions) screen.printExactly(textThatRan(report));
    return 0;
  }
  printResult(call, { revisions }, () =>
    revisions.map((report) => (flags.diff === true ? showDiffText : showText)(report, screen.style)).join("\n\n"),
  );
  return 0;
};

/** The ledger's text where it differs from the file's; else the file has it. */
function textThatRan({ revision, text, appliedText }: ShowReport): string {
  const ran = revision.state === "applied" ? text : appliedText;
  if (ran !== null) return ran;
  const why =
    revision.state === "pending" || revision.state === "partial"
      ? "it is not applied"
      : "it was recorded without being run";
  throw new KeelsonError("usage.invalid", `The ledger has no text of ${revision.id}: ${why}.`, {
    hint: `keelson show ${revision.id} prints its file.`,
  });
}
