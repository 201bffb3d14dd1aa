import type { HistoryLine, StatusReport } from "../../app/status.ts";
import { day, oneLine } from "./columns.ts";
import { stateMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** Where the database is, what is pending, and the history oldest first with a mark and a date each. */
export function statusText(report: StatusReport, style: Style): string {
  const { colour } = style;
  const current = report.current.map((line) => line.id).join(", ");
  const lines = [
    colour.dim(`Database: ${report.database}`),
    `Current database revision: ${current === "" ? "none" : colour.bold(current)}`,
    `Pending migrations: ${colour.bold(String(report.pending.length))}`,
    ...report.pending.map((line) => `- ${colour.cyan(line.id)}: ${oneLine(line.message)}`),
    "",
    "Migration history:",
    ...report.history.map((line) => historyEntry(line, style)),
  ];
  if (report.history.length === 0) lines.push(`(no revisions in ${report.migrations})`);
  if (report.heads.length > 1) {
    lines.push(
      "",
      colour.yellow(
        `The history has ${report.heads.length} heads: ${report.heads.join(", ")}. Join them: keelson merge`,
      ),
    );
  }
  return lines.join("\n");
}

function historyEntry(line: HistoryLine, style: Style): string {
  return `${stateMark(line.state, style)} ${oneLine(line.message)} ${style.colour.dim(`(${standing(line)})`)}`;
}

function standing(line: HistoryLine): string {
  switch (line.state) {
    case "applied":
      return day(line.appliedAt);
    case "pending":
      return line.outOfOrder ? "pending, older than what is applied" : "pending";
    case "partial":
      return "half-finished: the next run goes on with it";
    case "edited":
      return `${day(line.appliedAt)}, edited since: keelson show ${line.id} --diff`;
    case "missing":
      return `${day(line.appliedAt)}, its file is missing`;
  }
}
