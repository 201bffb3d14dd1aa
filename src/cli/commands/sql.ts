import { resolve } from "node:path";
import { sql } from "../../app/sql.ts";
import { writeFileAtomic } from "../../platform/atomic-file.ts";
import { printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { counted } from "../render/columns.ts";
import { shownPath } from "../render/created.ts";
import { doneMark } from "../render/marks.ts";

/** Runs `keelson sql`. */
export const runSql: VerbRunner<"sql"> = async (call) => {
  const { options: flags, screen, words } = call;
  const { options } = await openProject(call);
  const report = await sql({ ...options, ...(words[0] === undefined ? {} : { range: words[0] }) });
  if (flags.output === undefined) {
    if (screen.json) printResult(call, report, () => "");
    else screen.printExactly(report.script);
    return 0;
  }
  const file = resolve(flags.cwd ?? ".", flags.output);
  await writeFileAtomic(file, report.script);
  const { script: _written, ...rest } = report;
  printResult(call, { ...rest, file }, () => {
    const what =
      words[0] === "models"
        ? "what the models need"
        : `${counted(report.revisions.length, "revision")}, ${report.direction}`;
    return `${doneMark(screen.style)} ${shownPath(file)}: ${what}, for ${report.dialect === "sqlite" ? "sqlite3" : "psql"}`;
  });
  return 0;
};
