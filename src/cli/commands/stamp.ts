import { type StampReport, stamp } from "../../app/stamp.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { interruptible } from "../interruptible.ts";
import { openProject } from "../open-project.ts";
import { asking, type Question } from "../prompt.ts";
import { counted } from "../render/columns.ts";
import { stampText } from "../render/stamp.ts";

/** Runs `keelson stamp`. */
export const runStamp: VerbRunner<"stamp"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const report = await interruptible(screen, (signal) =>
    stamp({
      ...options,
      ...given(flags, "purge", "acceptEdits", "statementDone", "statementUndone"),
      ...(words.length === 0 ? {} : { targets: words }),
      yes: flags.yes === true || flags.force === true,
      signal,
      ...asking(screen, toQuestion),
    }),
  );
  printResult(call, report, () => stampText(report, screen.style));
  return 0;
};

function toQuestion({ database, removed }: StampReport): Question {
  const shown = removed.slice(0, 20).map((id) => `  ${id}`);
  return {
    facts: [
      `The ledger of ${database} would forget ${counted(removed.length, "revision")}, which stay in the database:`,
      ...shown,
      ...(removed.length > shown.length ? [`  and ${removed.length - shown.length} more`] : []),
    ],
    question: "Forget them?",
  };
}
