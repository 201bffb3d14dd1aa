import type { StampReport } from "../../app/stamp.ts";
import { counted } from "./columns.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** What changed in the ledger. */
export function stampText(report: StampReport, style: Style): string {
  const { colour } = style;
  const list = (ids: readonly string[]): string =>
    colour.cyan(ids.slice(0, 20).join(", ") + (ids.length > 20 ? ", ..." : ""));
  const parts = [
    ...(report.added.length === 0
      ? []
      : [`  recorded ${counted(report.added.length, "revision")}: ${list(report.added)}`]),
    ...(report.removed.length === 0
      ? []
      : [`  forgot ${counted(report.removed.length, "revision")}: ${list(report.removed)}`]),
    ...(report.accepted.length === 0
      ? []
      : [`  took the present text of ${counted(report.accepted.length, "revision")}: ${list(report.accepted)}`]),
    ...(report.settled === null ? [] : [`  settled statement ${report.settled}`]),
  ];
  if (parts.length === 0) return `${doneMark(style)} The ledger of ${report.database} says so already.`;
  return [`${doneMark(style)} The ledger of ${report.database} was changed; nothing was run.`, ...parts].join("\n");
}
