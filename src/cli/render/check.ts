import type { CheckReport } from "../../app/check.ts";
import { counted } from "./columns.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** Every problem with what to do about it, or that there is none. */
export function checkText(report: CheckReport, style: Style): string {
  const { colour } = style;
  const scope = `${counted(report.revisions, "revision")}${report.database === null ? ", files only" : `, ${report.database}`}`;
  const unknown = report.unknown.map((what) => colour.dim(`not judged: ${what}`));
  const none = unknown.length === 0 ? "No problems" : "No problems in what could be judged";
  if (report.problems.length === 0) return [`${doneMark(style)} ${none} (${scope})`, ...unknown].join("\n");
  const bad = colour.red(style.unicode ? "✗" : "x");
  const problems = report.problems.map(({ code, message, hint }) => {
    const next = hint === "" ? "" : `\n  ${colour.cyan("hint:")} ${hint}`;
    return `${bad} ${colour.bold(code)}: ${message}${next}`;
  });
  return [...problems, ...unknown, `${counted(report.problems.length, "problem")} (${scope})`].join("\n");
}
