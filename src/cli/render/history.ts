import type { HistoryReport } from "../../app/history.ts";
import type { HistoryLine } from "../../app/status.ts";
import { day, oneLine } from "./columns.ts";
import { stateMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** The history as a table, newest first, or as a drawing of its branches where the report has one. */
export function historyText(report: HistoryReport, style: Style): string {
  if (report.lines.length === 0) return "There are no revisions.";
  const layout = { idWidth: widest(report.lines, (line) => line.id), withState: report.database !== null, style };
  if (report.graph === null) return report.lines.map((line) => row(line, layout)).join("\n");
  return graphLines(report.lines, report.graph, layout).join("\n");
}

/** Revisions on a line each: the id, the message, and what stands out. */
export function revisionLines(lines: readonly HistoryLine[], style: Style): string {
  const idWidth = widest(lines, (line) => line.id);
  return lines
    .map((line) => `${style.colour.cyan(line.id.padEnd(idWidth))}  ${oneLine(line.message)}${tags(line, style)}`)
    .join("\n");
}

interface RowLayout {
  readonly idWidth: number;
  /** False where no database was asked, so that nothing is known to be applied. */
  readonly withState: boolean;
  readonly style: Style;
}

function row(line: HistoryLine, { idWidth, withState, style }: RowLayout): string {
  const { colour } = style;
  const mark = withState ? `${stateMark(line.state, style)} ` : "";
  const date = colour.dim((day(line.appliedAt ?? line.created) || "-").padEnd(10));
  const odd = withState && !["applied", "pending"].includes(line.state) ? colour.yellow(` (${line.state})`) : "";
  return `${mark}${colour.cyan(line.id.padEnd(idWidth))}  ${date}  ${oneLine(line.message)}${odd}${tags(line, style)}`;
}

function tags(line: HistoryLine, { colour }: Style): string {
  const words = [
    ...(line.isHead ? ["head"] : []),
    ...line.labels,
    ...(line.dependsOn.length > 0 ? [`after ${line.dependsOn.join(", ")}`] : []),
    ...(line.outOfOrder ? ["older than what is applied"] : []),
  ];
  return words.length === 0 ? "" : colour.yellow(`  [${words.join(", ")}]`);
}

function graphLines(
  lines: readonly HistoryLine[],
  graph: NonNullable<HistoryReport["graph"]>,
  layout: RowLayout,
): readonly string[] {
  const { style } = layout;
  const byId = new Map(lines.map((line) => [line.id, line]));
  const drawn = new Set<string>();
  const width = Math.max(0, ...graph.map((item) => item.cells.trimEnd().length));
  const rows = graph.map(({ cells, id }) => {
    const line = id === null ? undefined : byId.get(id);
    const drawing = style.colour.magenta(
      style.unicode ? cells.trimEnd().padEnd(width) : ascii(cells.trimEnd()).padEnd(width),
    );
    if (line === undefined) return drawing.trimEnd();
    drawn.add(line.id);
    return `${drawing} ${row(line, layout)}`;
  });
  // What only the ledger knows has no place in the drawing, and is told all the same.
  const rest = lines.filter((line) => !drawn.has(line.id)).map((line) => `${" ".repeat(width)} ${row(line, layout)}`);
  return [...rest, ...rows];
}

const asciiCells: Readonly<Record<string, string>> = {
  "│": "|",
  "─": "-",
  "●": "*",
  "○": "o",
  "╭": "/",
  "╮": "\\",
  "╯": "/",
  "╰": "\\",
  "├": "+",
  "┤": "+",
  "┬": "+",
  "┴": "+",
  "┼": "+",
};

function ascii(cells: string): string {
  return [...cells].map((cell) => asciiCells[cell] ?? cell).join("");
}

function widest<Item>(items: readonly Item[], text: (item: Item) => string): number {
  return items.reduce((width, item) => Math.max(width, text(item).length), 0);
}
