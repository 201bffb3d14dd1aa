import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { currentRevisions, outOfOrder } from "../../src/history/applied.ts";
import { drawGraph } from "../../src/history/draw-graph.ts";
import { buildHistory } from "../../src/history/graph.ts";
import { mergeParents } from "../../src/history/merge.ts";
import { historyOf, ids, revision } from "./history-of.ts";

const diamond = () =>
  historyOf(
    revision("a"),
    revision("b1", ["a"]),
    revision("b2", ["a"]),
    revision("c", ["b1", "b2"]),
    revision("d", ["c"]),
  );

describe("the graph", () => {
  test("knows heads and bases, also of an empty history and of several lines", () => {
    expect(ids(historyOf().heads)).toEqual([]);
    expect(ids(diamond().heads)).toEqual(["d"]);
    const two = historyOf(revision("a"), revision("b"), revision("a2", ["a"]));
    expect(ids(two.heads)).toEqual(["b", "a2"]);
    expect(ids(two.bases)).toEqual(["a", "b"]);
  });

  test("orders parents and dependencies first, and else keeps the order of the files", () => {
    expect(ids(diamond().revisions)).toEqual(["a", "b1", "b2", "c", "d"]);
    const late = historyOf(revision("x", ["y"]), revision("y"), revision("z", [], { dependsOn: ["x"] }));
    expect(ids(late.revisions)).toEqual(["y", "x", "z"]);
  });

  test.each([
    ["a revision that is its own parent", [revision("a", ["a"])]],
    ["two that build on each other", [revision("a", ["b"]), revision("b", ["a"])]],
    [
      "a circle above a base",
      [revision("base"), revision("a", ["base", "c"]), revision("b", ["a"]), revision("c", ["b"])],
    ],
    ["a circle through a dependency", [revision("a", [], { dependsOn: ["b"] }), revision("b", ["a"])]],
    ["a dependency on oneself", [revision("a"), revision("b", ["a"], { dependsOn: ["b"] })]],
  ])("refuses %s", (_, revisions) => {
    expect(() => historyOf(...revisions)).toThrowError(expect.objectContaining({ code: "history.cycle" }));
  });

  test("names the revisions of a circle and nobody else", () => {
    const circle = [
      revision("base"),
      revision("a", ["base", "c"]),
      revision("b", ["a"]),
      revision("c", ["b"]),
      revision("above", ["c"]),
    ];
    expect(() => historyOf(...circle)).toThrowError(
      expect.objectContaining({
        details: expect.objectContaining({ files: expect.not.arrayContaining(["base.sql", "above.sql"]) }),
      }),
    );
  });

  test("refuses duplicate ids, duplicate labels and missing parents by file", () => {
    const code = (value: string) => expect.objectContaining({ code: value });
    expect(() => historyOf(revision("a"), revision("a", [], { file: "copy.sql" }))).toThrowError(
      code("history.duplicate-id"),
    );
    expect(() => historyOf(revision("a", [], { labels: ["x"] }), revision("b", [], { labels: ["x"] }))).toThrowError(
      code("history.duplicate-label"),
    );
    expect(() => historyOf(revision("a", ["gone"]))).toThrowError(code("history.missing-parent"));
    expect(() => historyOf(revision("a", [], { dependsOn: ["gone"] }))).toThrowError(code("history.missing-parent"));
  });

  test("finds where a database is and what it passed over", () => {
    const history = diamond();
    expect(ids(currentRevisions(history, new Set(["a", "b1", "b2"])))).toEqual(["b1", "b2"]);
    expect(ids(outOfOrder(history, new Set(["a", "b2", "c"])))).toEqual(["b1"]);
    expect(ids(outOfOrder(history, new Set(["d"])))).toEqual(["a", "b1", "b2", "c"]);
    expect(outOfOrder(history, new Set(["a", "b1"]))).toEqual([]);
  });

  test("stays linear: 100,000 revisions in a row are ordered without overflowing", () => {
    const many = Array.from({ length: 100_000 }, (_, at) =>
      revision(`r${at}`, at === 0 ? [] : [`r${at - 1}`], { sequence: at }),
    );
    expect(buildHistory(many).heads).toHaveLength(1);
  });

  test("property: the order is valid whatever the order of the files", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(19), { maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.integer(),
        (drawn, seed) => {
          const revisions = drawn.map((parents, at) =>
            revision(`r${at}`, [...new Set(parents.filter((p) => p < at).map((p) => `r${p}`))]),
          );
          const shuffled = revisions
            .map((each, at) => ({ each, key: (at * 7919 + seed) % 101 }))
            .sort((x, y) => x.key - y.key);
          const history = historyOf(...shuffled.map(({ each }) => each));
          const seen = new Set<string>();
          for (const each of history.revisions) {
            expect(each.parents.every((parent) => seen.has(parent))).toBe(true);
            seen.add(each.id);
          }
          expect(seen.size).toBe(revisions.length);
        },
      ),
    );
  });
});

describe("a drawing", () => {
  test("shows branches and merges", () => {
    const rows = drawGraph(diamond()).map((row) => `${row.cells.padEnd(4)}${row.id ?? ""}`.trimEnd());
    expect(rows).toEqual(["*   d", "*   c", "|\\", "| * b2", "* | b1", "|/", "*   a"]);
  });

  test("has every revision once", () => {
    const rows = drawGraph(historyOf(revision("a"), revision("b"), revision("c", ["a"]), revision("d", ["a", "b"])));
    expect(rows.flatMap((row) => (row.id === null ? [] : [row.id])).sort()).toEqual(["a", "b", "c", "d"]);
  });
});

describe("a merge", () => {
  test("joins heads, and refuses fewer than two or one that builds on the other", () => {
    const history = historyOf(revision("a"), revision("b", ["a"]), revision("c", ["a"]));
    expect(mergeParents(history, ["heads"])).toEqual(["b", "c"]);
    expect(() => mergeParents(history, ["b"])).toThrowError(expect.objectContaining({ code: "usage.invalid" }));
    expect(() => mergeParents(history, ["a", "b"])).toThrowError(expect.objectContaining({ code: "target.overlap" }));
  });
});
