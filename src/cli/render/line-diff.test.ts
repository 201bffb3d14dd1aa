import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLines, unifiedDiff } from "./line-diff.ts";

const texts = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 });

/** The length of the longest common subsequence, by the textbook's table. */
function commonLines(before: readonly string[], after: readonly string[]): number {
  let row = new Array<number>(after.length + 1).fill(0);
  for (const line of before) {
    const next = [0];
    for (const [index, other] of after.entries()) {
      next.push(line === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("compareLines", () => {
  test("holds both texts, and as many common lines as there can be", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = compareLines(before, after);
        expect(lines.filter((line) => line.kind !== "added").map((line) => line.text)).toEqual(before);
        expect(lines.filter((line) => line.kind !== "removed").map((line) => line.text)).toEqual(after);
        expect(lines.filter((line) => line.kind === "same")).toHaveLength(commonLines(before, after));
      }),
    );
  });

  test("replaces texts that have nothing in common, however long", () => {
    const before = Array.from({ length: 3000 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 3000 }, (_, index) => `b${index}`);
    const lines = compareLines(before, after);
    expect(lines.slice(0, 3000).every((line) => line.kind === "removed")).toBe(true);
    expect(lines).toHaveLength(6000);
  });
});

describe("unifiedDiff", () => {
  test("is empty for equal texts", () => {
    expect(unifiedDiff({ before: "a\n", after: "a\n", beforeName: "x", afterName: "y" })).toEqual([]);
  });

  test("shows three lines around each change, and joins changes that are near", () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    const after = before.with(4, "changed").with(8, "changed too").with(25, "far away");
    const diff = unifiedDiff({
      before: before.join("\n"),
      after: after.join("\n"),
      beforeName: "old",
      afterName: "new",
    });
    expect(diff.filter((line) => line.startsWith("@@"))).toEqual(["@@ -2,11 +2,11 @@", "@@ -23,7 +23,7 @@"]);
    expect(diff.slice(0, 2)).toEqual(["--- old", "+++ new"]);
  });

  test("numbers the lines of an empty side as patch wants it", () => {
    expect(unifiedDiff({ before: "", after: "a\nb\n", beforeName: "x", afterName: "y" })[2]).toBe("@@ -0,0 +1,2 @@");
  });
});
