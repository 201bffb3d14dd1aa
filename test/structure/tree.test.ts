import { expect, test } from "vitest";
import { treeProblems } from "../../scripts/tree-rules.ts";

const lines = (count: number) => "x;\n".repeat(count);

test.each([
  ["a room without a name", { path: "src/utils/dates.ts", text: "" }, /src\/utils\/dates\.ts: "utils" says nothing/],
  ["a file without a name", { path: "src/catalog/helpers.test.ts", text: "" }, /"helpers" says nothing/],
  ["a file of 501 lines", { path: "src/catalog/big.ts", text: lines(501) }, /big\.ts: 501 lines/],
  ["an unfinished thought", { path: "test/a.ts", text: `ok;\n// ${"TO"}DO later\n` }, /test\/a\.ts:2: an unfinished/],
  [
    "a silenced compiler",
    { path: "src/a.ts", text: `// @ts-${"ignore"}\n` },
    /src\/a\.ts:1: switches the compiler off/,
  ],
])("%s is told", (_, file, problem) => {
  const problems = treeProblems([file]);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(problem);
});

test("what keeps the rules is let through, and prose is not looked at", () => {
  const files = [
    { path: "src/catalog/compare.ts", text: lines(500) },
    { path: "docs/common/notes.md", text: `${"TO"}DO ${lines(900)}` },
  ];
  expect(treeProblems(files)).toEqual([]);
});
