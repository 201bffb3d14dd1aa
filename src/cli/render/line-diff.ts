/** One line of a comparison: in both texts, only in the first, or only in the second. */
export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** Texts further apart than this many lines are shown as wholly replaced: nobody reads such a comparison line by line. */
const longestEdit = 1000;

/**
 * The lines of two texts with the fewest removed and added lines (Myers 1986, "An O(ND) Difference Algorithm").
 * Leaving out the added lines gives the first text, leaving out the removed ones the second.
 */
export function compareLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (text: string): DiffLine => ({ kind: "same", text });
  return [
    ...before.slice(0, start).map(same),
    ...shortestEdit(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function shortestEdit(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const most = Math.min(before.length + after.length, longestEdit);
  // furthest[k] is how many lines of `before` the best path on diagonal k (x - y) has passed.
  let furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      let x = stepsDown(furthest, k, edits) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return backtrack(before, after, trace);
    }
    furthest = next;
  }
  return replaced(before, after);
}

function backtrack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let x = before.length;
  let y = after.length;
  const takeSame = (toX: number, toY: number): void => {
    for (; x > toX && y > toY; x--, y--) lines.push({ kind: "same", text: before[x - 1] ?? "" });
  };
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const furthest = trace[edits] ?? new Map<number, number>();
    const down = stepsDown(furthest, x - y, edits);
    const fromX = at(furthest, x - y + (down ? 1 : -1));
    const fromY = fromX - (x - y + (down ? 1 : -1));
    takeSame(down ? fromX : fromX + 1, down ? fromY + 1 : fromY);
    lines.push(down ? { kind: "added", text: after[fromY] ?? "" } : { kind: "removed", text: before[fromX] ?? "" });
    x = fromX;
    y = fromY;
  }
  takeSame(0, 0);
  return lines.reverse();
}

function stepsDown(furthest: ReadonlyMap<number, number>, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && at(furthest, k - 1) < at(furthest, k + 1));
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1;
}

function replaced(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  return [
    ...before.map((text): DiffLine => ({ kind: "removed", text })),
    ...after.map((text): DiffLine => ({ kind: "added", text })),
  ];
}

/** The two texts of a unified diff, with the names that its head gives them. */
export interface DiffTexts {
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}

const context = 3;

/** A unified diff, as `patch` reads it, one array entry a line; empty when the texts are equal. */
export function unifiedDiff({ before, after, beforeName, afterName }: DiffTexts): readonly string[] {
  const lines = compareLines(splitLines(before), splitLines(after));
  const hunks = findHunks(lines);
  if (hunks.length === 0) return [];
  return [`--- ${beforeName}`, `+++ ${afterName}`, ...hunks.flatMap((hunk) => hunkLines(lines, hunk))];
}

interface Hunk {
  readonly from: number;
  readonly to: number;
}

/** Ranges of lines around the changes; changes that are near each other share one. */
function findHunks(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.kind === "same") continue;
    const range = { from: Math.max(0, index - context), to: Math.min(lines.length, index + context + 1) };
    const last = hunks.at(-1);
    if (last !== undefined && range.from <= last.to) hunks[hunks.length - 1] = { from: last.from, to: range.to };
    else hunks.push(range);
  }
  return hunks;
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function hunkLines(lines: readonly DiffLine[], { from, to }: Hunk): readonly string[] {
  const inBefore = (part: readonly DiffLine[]): number => part.filter((line) => line.kind !== "added").length;
  const inAfter = (part: readonly DiffLine[]): number => part.filter((line) => line.kind !== "removed").length;
  const earlier = lines.slice(0, from);
  const part = lines.slice(from, to);
  const range = (passed: number, count: number): string => `${count === 0 ? passed : passed + 1},${count}`;
  return [
    `@@ -${range(inBefore(earlier), inBefore(part))} +${range(inAfter(earlier), inAfter(part))} @@`,
    ...part.map(({ kind, text }) => signs[kind] + text),
  ];
}

function splitLines(text: string): readonly string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}
