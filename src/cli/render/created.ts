import { relative } from "node:path";
import type { MergeReport } from "../../app/merge.ts";
import type { RevisionReport } from "../../app/revision-report.ts";
import type { SquashReport } from "../../app/squash.ts";
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

/** The same of a merge, with what was found about the order of its branches. */
export function mergedText(report: MergeReport, style: Style): string {
  const proven =
    report.provenOn.length === 0
      ? "not run in both orders"
      : `same schema and rows in both orders on ${report.provenOn.join(" and ")}`;
  return `${createdText(report, style)}\n  ${style.colour.dim(proven)}`;
}

/** The same of a squash, with what it replaces and what becomes of that. */
export function squashedText(report: SquashReport, style: Style): string {
  const { replaces, replacedFiles, bodies } = report;
  const leftOut = [...new Set(bodies.flatMap((body) => body.leftOut))];
  const proofs = bodies.map(
    ({ dialect, statements, proof }) =>
      `${bodies.length > 1 ? `${dialect}: ` : ""}${statements === "anew" ? "written anew" : "statements kept"}, same schema on ${proof.servers.map(({ on }) => on).join(" and ")}`,
  );
  return [
    createdText(report, style),
    ...proofs.map((line) => `  ${style.colour.dim(line)}`),
    ...leftOut.map((section) => `  left out: ${section}`),
    `  replaces ${replaces.length} revisions, ${replaces[0]} to ${replaces.at(-1)}`,
    `  Keep their ${replacedFiles.length} files until every database has applied ${replaces.at(-1)}, then remove them.`,
  ].join("\n");
}

/** A path as it can be typed from here, as long as that is the shorter way to say it. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere !== "" && fromHere.length < path.length ? fromHere : path;
}
