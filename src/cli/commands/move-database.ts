import type { RunOptions, RunPreview } from "../../app/run-verb.ts";
import type { Settings } from "../../config/settings.ts";
import type { RunReport } from "../../migrate/run-report.ts";
import type { Confirmation } from "../../migrate/run-request.ts";
import { type AnyCall, type Call, given, printResult } from "../call.ts";
import type { ExitCode } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { openProject } from "../open-project.ts";
import { asking, type Question } from "../prompt.ts";
import { counted } from "../render/columns.ts";
import { previewText } from "../render/preview.ts";
import { backupLine, runSummary } from "../render/run.ts";
import { createRunProgress } from "../run-progress.ts";

/** The two functions of the library behind a verb that moves a database. */
export interface Mover {
  readonly run: (options: RunOptions) => Promise<RunReport>;
  readonly preview: (options: RunOptions) => Promise<RunPreview>;
}

/** Runs `upgrade`, `downgrade` or `migrate` as it was called: for real, or only in words with `--dry-run`. */
export async function moveDatabase(call: Call<"upgrade" | "downgrade" | "migrate">, mover: Mover): Promise<ExitCode> {
  const { options: flags, screen, words } = call;
  const project = await openProject(call, createRunProgress);
  const options: RunOptions = {
    ...project.options,
    ...given(flags, "singleTransaction", "outOfOrder", "allowMissing", "lockRetries"),
    ...(words.length === 0 ? {} : { target: words }),
    yes: flags.yes === true || flags.force === true,
  };
  if (flags.dryRun === true) {
    const preview = await mover.preview(options);
    printResult(call, { dryRun: true, ...preview }, () => previewText(preview, screen.style));
    return 0;
  }
  printBackupLine(call, project.settings, flags);
  const report = await interruptible(screen, (signal) =>
    mover.run({ ...options, signal, ...asking(screen, toQuestion) }),
  );
  printResult(call, report, () => runSummary(report, screen.style));
  return 0;
}

/** Says first of all that no backup is made, whatever the run then does. */
export function printBackupLine(call: AnyCall, settings: Settings, flags: { readonly skipBackup?: boolean }): void {
  const skipped = flags.skipBackup === true || settings.backup.skip;
  const line = backupLine({ skipped });
  if (call.screen.json)
    call.screen.record({
      event: "notice",
      level: "info",
      code: skipped ? "backup-skipped" : "no-backup",
      message: line,
    });
  else call.screen.print(line);
}

function toQuestion(confirmation: Confirmation): Question {
  const { database, direction, revisions, destroys, question } = confirmation;
  if (question !== undefined) {
    const facts = revisions.map((revision) => `${revision.file} (${revision.id}) in ${database} asks:`);
    return { facts, question };
  }
  const shown = revisions.slice(0, 20).map((revision) => `  ${revision.id}  ${revision.message}`);
  const more = revisions.length > shown.length ? [`  and ${revisions.length - shown.length} more`] : [];
  const verb = direction === "down" ? "revert" : "apply";
  return {
    facts: [
      `This would ${verb} ${counted(revisions.length, "revision")} in ${database}:`,
      ...shown,
      ...more,
      ...(destroys.length === 0 ? [] : ["It destroys data:", ...destroys.map((what) => `  ${what}`)]),
    ],
    question: direction === "down" ? "Revert?" : "Apply, and lose that data?",
  };
}
