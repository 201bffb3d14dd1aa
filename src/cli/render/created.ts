import { relative } from "node:path";
import type { RevisionReport } from "../../app/revision-report.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** Which files were written, and what the revision builds on. */
export function createdText(report: RevisionReport, style: Style): string {
  const { colour } = style;
  const parents = report.parents.length === 0 ? "base" : report.parents.join(" and ");
  return [
    `${doneMark(style)} ${colour.cyan(report.id)}  ${report.message}  ${colour.dim(`(builds on ${parents})`)}`,
    ...report.files.map((file) => `  ${shownPath(file)}`),
  ].join("\n");
}

/** A path as it can be typed from here, as long as that is the shorter way to say it. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere !== "" && fromHere.length < path.length ? fromHere : path;
}
