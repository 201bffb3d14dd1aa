import type { History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** One row of a drawing: its cells, and the id of the revision that stands on it, if any. */
export interface GraphRow {
  readonly cells: string;
  readonly id: string | null;
}

/** Draws the history, newest first: `*` is a revision, lines lead to its parents. Dependencies are not drawn. */
export function drawGraph(history: History): readonly GraphRow[] {
  const rows: GraphRow[] = [];
  const link = (cells: string): void => {
    rows.push({ cells, id: null });
  };
  /** What each line leads to, from left to right. */
  const lanes: Revision[] = [];
  for (const revision of history.revisions.toReversed()) {
    let own = lanes.indexOf(revision);
    if (own < 0) own = lanes.push(revision) - 1;
    for (let lane = lanes.lastIndexOf(revision); lane > own; lane = lanes.lastIndexOf(revision)) {
      link(joinRow(lanes.length, own, lane));
      lanes.splice(lane, 1);
    }
    rows.push({ cells: lanes.map((_, lane) => (lane === own ? "*" : "|")).join(" "), id: revision.id });
    const [first, ...others] = history.parents(revision);
    if (first === undefined) {
      if (own < lanes.length - 1) link(closeRow(lanes.length, own));
      lanes.splice(own, 1);
      continue;
    }
    lanes[own] = first;
    for (const [index, parent] of others.entries()) {
      link(forkRow(lanes.length, own + index));
      lanes.splice(own + index + 1, 0, parent);
    }
  }
  return rows;
}

/** Lane `from` runs into lane `into` on its left, crossing those between; lanes further right close up. */
function joinRow(lanes: number, into: number, from: number): string {
  const cells = straight(lanes);
  for (let at = 2 * into + 1; at < 2 * from - 1; at += 2) cells[at] = "_";
  for (let lane = from; lane < lanes; lane++) shiftLeft(cells, lane);
  return cells.join("").trimEnd();
}

/** A lane ended; those on its right close up. */
function closeRow(lanes: number, ended: number): string {
  const cells = straight(lanes);
  cells[2 * ended] = " ";
  for (let lane = ended + 1; lane < lanes; lane++) shiftLeft(cells, lane);
  return cells.join("").trimEnd();
}

/** A new lane leaves lane `from` to the right; those on its right make room. */
function forkRow(lanes: number, from: number): string {
  const cells = straight(lanes);
  for (let lane = from + 1; lane < lanes; lane++) cells[2 * lane] = " ";
  for (let lane = from; lane < lanes; lane++) cells[2 * lane + 1] = "\\";
  return cells.join("").trimEnd();
}

function straight(lanes: number): string[] {
  return Array.from({ length: 2 * lanes }, (_, at) => (at % 2 === 0 ? "|" : " "));
}

function shiftLeft(cells: string[], lane: number): void {
  cells[2 * lane] = " ";
  cells[2 * lane - 1] = "/";
}
