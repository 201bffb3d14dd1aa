import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** One printed row of a drawing: its cells, and the revision that stands on it, if any. */
export interface GraphRow {
  readonly cells: string;
  readonly id: string | null;
}

/**
 * Draws the history, newest first, one column for each line of parents that is open at that height. Dependencies that
 * are not parents are left to the text beside the drawing.
 */
export function drawGraph(history: History): readonly GraphRow[] {
  const rows: GraphRow[] = [];
  // Each column waits for the revision that it leads down to.
  let columns: (Revision | null)[] = [];
  for (const revision of history.revisions.toReversed()) {
    const mine = columns.flatMap((waiting, at) => (waiting === revision ? [at] : []));
    const at = mine[0] ?? freeColumn(columns);
    const joined = mine.slice(1);
    if (joined.length > 0) rows.push({ cells: joinRow(columns, at, joined), id: null });
    columns = columns.map((waiting, index) => (joined.includes(index) ? null : waiting));
    const parents = history.parents(revision);
    columns[at] = revision;
    rows.push({ cells: cells(columns, (index) => (index === at ? "●" : "│")), id: revision.id });
    columns[at] = parents[0] ?? null;
    const extra = parents.slice(1).map((parent) => place(columns, parent));
    if (extra.length > 0) rows.push({ cells: forkRow(columns, at, extra), id: null });
    while (columns.length > 0 && columns.at(-1) === null) columns.pop();
  }
  return rows;
}

function freeColumn(columns: readonly (Revision | null)[]): number {
  const free = columns.indexOf(null);
  return free === -1 ? columns.length : free;
}

function place(columns: (Revision | null)[], parent: Revision): number {
  const existing = columns.indexOf(parent);
  if (existing !== -1) return existing;
  const at = freeColumn(columns);
  columns[at] = parent;
  return at;
}

function cells(columns: readonly (Revision | null)[], cell: (at: number) => string): string {
  return columns.map((waiting, at) => (waiting === null ? " " : cell(at))).join(" ").trimEnd();
}

/** Several columns lead to the same revision: they bend to its column. */
function joinRow(columns: readonly (Revision | null)[], at: number, joined: readonly number[]): string {
  return bend(columns, at, joined, "╯");
}

/** A merge: its further parents get columns to the right. */
function forkRow(columns: readonly (Revision | null)[], at: number, extra: readonly number[]): string {
  return bend(columns, at, extra, "╮");
}

function bend(columns: readonly (Revision | null)[], at: number, ends: readonly number[], corner: string): string {
  const last = Math.max(at, ...ends);
  const first = Math.min(at, ...ends);
  let row = "";
  for (let index = 0; index < columns.length; index++) {
    const within = index >= first && index <= last;
    const open = columns[index] !== null;
    if (index === at) row += "├";
    else if (ends.includes(index)) row += index === last ? corner : index === first ? (corner === "╯" ? "╰" : "╭") : corner === "╯" ? "┴" : "┬";
    else if (within) row += open ? "┼" : "─";
    else row += open ? "│" : " ";
    row += index >= first && index < last ? "─" : " ";
  }
  return row.trimEnd();
}
