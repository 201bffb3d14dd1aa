import { expect, test } from "vitest";
import type { HistoryLine } from "../../app/status.ts";
import { historyText } from "./history.ts";
import { withoutColours } from "./style.ts";

function line(id: string, more: Partial<HistoryLine> = {}): HistoryLine {
  return {
    id,
    message: `revision ${id}`,
    file: `${id}.sql`,
    state: "applied",
    parents: [],
    labels: [],
    dependsOn: [],
    created: null,
    appliedAt: "2026-01-02T03:04:05.000Z",
    appliedBy: "ann",
    durationMs: 1,
    isHead: false,
    outOfOrder: false,
    ...more,
  };
}

const graph = [
  { cells: "●", id: "c" },
  { cells: "├─╮", id: null },
  { cells: "│ ●", id: "b" },
  { cells: "├─╯", id: null },
  { cells: "●", id: "a" },
];
const lines = [
  line("c", { isHead: true, state: "pending", appliedAt: null }),
  line("b", { state: "edited" }),
  line("a"),
];

test("draws the graph beside the revisions, in ASCII where nothing else can be shown", () => {
  const ascii = { colour: withoutColours, unicode: false, width: null };
  expect(historyText({ database: "sqlite:app.db", lines, graph }, ascii).split("\n")).toEqual([
    "*   [ ] c  -           revision c  [head]",
    "+-\\",
    "| * [!] b  2026-01-02  revision b (edited)",
    "+-/",
    "*   [x] a  2026-01-02  revision a",
  ]);
});

test("tells of a revision that only the ledger knows although it has no place in the drawing", () => {
  const unicode = { colour: withoutColours, unicode: true, width: null };
  const text = historyText(
    { database: "sqlite:app.db", lines: [...lines, line("gone", { state: "missing" })], graph },
    unicode,
  );
  expect(text.split("\n")[0]).toBe("    ❌ gone  2026-01-02  revision gone (missing)");
});
