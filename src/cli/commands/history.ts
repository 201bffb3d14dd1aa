import { type HistoryReport, history } from "../../app/history.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { openProject } from "../open-project.ts";
import { historyText } from "../render/history.ts";

/** Runs `keelson history`. */
export const runHistory: VerbRunner<"history"> = async (call) => {
  const { options: flags, screen } = call;
  const { options } = await openProject(call);
  const whole = await history({ ...options, ...given(flags, "offline", "graph") });
  const report = flags.limit === undefined ? whole : newest(whole, flags.limit);
  printResult(call, report, () => historyText(report, screen.style));
  return 0;
};

/** The newest revisions, and the rows of the drawing down to the last of them. */
function newest(report: HistoryReport, limit: number): HistoryReport {
  const { graph } = report;
  if (graph === null) return { ...report, lines: report.lines.slice(0, limit) };
  const rows: (typeof graph)[number][] = [];
  const ids = new Set<string>();
  for (const row of graph) {
    if (row.id !== null && ids.size === limit) break;
    rows.push(row);
    if (row.id !== null) ids.add(row.id);
  }
  return { ...report, lines: report.lines.filter((line) => ids.has(line.id)), graph: rows };
}
