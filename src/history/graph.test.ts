import { expect, test } from "vitest";
import { drawGraph } from "./draw-graph.ts";
import { buildHistory, type History } from "./graph.ts";
import type { Revision } from "./revision.ts";

/** A history from lines like `c: a b (left) > x`: the id, its parents, its labels, what it depends on. */
function historyOf(...lines: readonly string[]): History {
  return buildHistory(
    lines.map((line, sequence): Revision => {
      const [, id = "", parents = "", labels = "", dependsOn = ""] =
        /^(\w+):?([\w ]*)(?:\(([\w ]+)\))?(?: ?> ?(.*))?$/.exec(line) ?? [];
      const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);
      return {
        id,
        parents: words(parents),
        labels: words(labels),
        dependsOn: words(dependsOn),
        message: "",
        created: null,
        transaction: "auto",
        sequence,
        file: `${id}.sql`,
        checksum: id,
        hasDown: true,
        format: "sql",
      };
    }),
  );
}

const draw = (history: History): readonly string[] =>
  drawGraph(history).map(({ cells, id }) => (id === null ? cells : `${cells} ${id}`));

test("dependencies are found by id, beginning and label, and those on a parent add nothing", () => {
  const history = historyOf("aa11", "bb22: (here)", "cc33: aa11 > aa11 bb", "dd44 > here");
  const requirements = (id: string) =>
    history.requirements(history.get(id) ?? (history.revisions[0] as Revision)).map((one) => one.id);
  expect(requirements("cc33")).toEqual(["aa11", "bb22"]);
  expect(requirements("dd44")).toEqual(["bb22"]);
  expect(() => historyOf("aa11", "aa22", "b > aa")).toThrowError(
    expect.objectContaining({ code: "history.invalid-file" }),
  );
});

test.each([
  [
    "parents alone, although a longer circle goes through dependencies",
    ["a: c", "b: a", "c: b > d", "d: c"],
    ["c", "b", "a"],
    false,
  ],
  ["a dependency", ["base", "a: base > c", "b: a", "c: b"], ["c", "b", "a"], true],
  ["a merge", ["base", "l: base m", "r: base", "m: l r"], ["m", "l"], false],
  ["oneself", ["a", "b: a b"], ["b"], false],
])("a circle through %s is named, with nobody else", (_, lines, ids, throughDependency) => {
  try {
    historyOf(...lines);
    expect.unreachable();
  } catch (error) {
    const { code, details } = error as {
      code: string;
      details: { ids: readonly string[]; throughDependency: boolean };
    };
    expect(code).toBe("history.cycle");
    expect(details.ids.toSorted()).toEqual(ids.toSorted());
    expect(details.throughDependency).toBe(throughDependency);
  }
});

test("all missing parents are named at once, and names that only overlap are no circle", () => {
  expect(() => historyOf("a: x", "b: y > z")).toThrowError(
    /a\.sql names x as its parent; b\.sql names y as its parent; b\.sql names z as its dependency/,
  );
  expect(historyOf("a1", "a12: a1", "a123: a12").heads.map((head) => head.id)).toEqual(["a123"]);
});

test("a drawing shows branches, merges, several bases, and lines that cross", () => {
  expect(draw(historyOf("a", "b: a", "c: a", "d: b c", "e: d"))).toEqual([
    "* e",
    "* d",
    "|\\",
    "| * c",
    "* | b",
    "|/",
    "* a",
  ]);
  expect(draw(historyOf("a", "b", "c: a", "d: b"))).toEqual(["* d", "| * c", "* | b", " /", "* a"]);
  expect(draw(historyOf("a", "b: a", "c: a", "d: a", "e: b d"))).toEqual([
    "* e",
    "|\\",
    "| * d",
    "| | * c",
    "* | | b",
    "|_|/",
    "|/",
    "* a",
  ]);
  expect(draw(historyOf("a", "b", "c: a", "m: c b"))).toEqual(["* m", "|\\", "* | c", "| * b", "* a"]);
  expect(draw(historyOf("a", "b", "c", "m: a b c"))).toEqual(["* m", "|\\", "| |\\", "| | * c", "| * b", "* a"]);
  expect(draw(historyOf())).toEqual([]);
});
