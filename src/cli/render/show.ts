import type { ShowReport } from "../../app/show.ts";
import { formatDuration } from "../../platform/duration.ts";
import { labelled, oneLine } from "./columns.ts";
import { shownPath } from "./created.ts";
import { unifiedDiff } from "./line-diff.ts";
import { stateMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** What is known of a revision, and its text. */
export function showText(report: ShowReport, style: Style): string {
  const text = report.text ?? report.appliedText;
  const origin =
    report.text === null && report.appliedText !== null
      ? style.colour.yellow("-- the text that ran; the file is missing\n")
      : "";
  return `${factsText(report, style)}\n\n${origin}${text === null ? "(the text is not known)" : text.trimEnd()}`;
}

/** What is known of a revision, and what was changed in its file since it ran. */
export function showDiffText(report: ShowReport, style: Style): string {
  return `${factsText(report, style)}\n\n${diffText(report, style)}`;
}

function factsText({ revision, paths }: ShowReport, style: Style): string {
  const { colour } = style;
  const applied = revision.appliedAt === null ? "no" : `${revision.appliedAt} by ${revision.appliedBy ?? "unknown"}`;
  const rows = [
    ["Revision", `${colour.bold(revision.id)}${revision.isHead ? colour.yellow("  [head]") : ""}`],
    ["Message", oneLine(revision.message)],
    ["Parents", revision.parents.join(", ") || "none: it begins at base"],
    ...(revision.labels.length === 0 ? [] : [["Labels", revision.labels.join(", ")] as const]),
    ...(revision.dependsOn.length === 0 ? [] : [["Depends on", revision.dependsOn.join(", ")] as const]),
    ["File", paths.map(shownPath).join("\n") || `${revision.file} (missing)`],
    ...(revision.created === null ? [] : [["Created", revision.created] as const]),
    ["State", `${stateMark(revision.state, style)} ${revision.state}`],
    ["Applied", applied],
    ...(revision.durationMs === null ? [] : [["Took", formatDuration(revision.durationMs)] as const]),
  ] as const;
  return labelled(rows, colour.dim);
}

function diffText({ revision, text, appliedText }: ShowReport, { colour }: Style): string {
  if (revision.state === "pending" || revision.state === "partial")
    return "It is not applied, so there is nothing to compare with.";
  if (revision.state === "applied") return "The file is what was applied.";
  if (appliedText === null) return "The ledger keeps no text of it: it was recorded without being run.";
  const diff = unifiedDiff({
    before: appliedText,
    after: text ?? "",
    beforeName: `${revision.file} as applied`,
    afterName: text === null ? `${revision.file} (missing)` : `${revision.file} as it is now`,
  });
  if (diff.length === 0) return "The text is the same; what was edited does not show in it.";
  return diff
    .map((line) => {
      if (line.startsWith("@@")) return colour.cyan(line);
      if (line.startsWith("-")) return colour.red(line);
      return line.startsWith("+") ? colour.green(line) : line;
    })
    .join("\n");
}
