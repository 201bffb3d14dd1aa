import { expect, test } from "vitest";
import { similarSets } from "./similar-sets.ts";

test("sets with four fifths of the larger one in common are found, likeliest first", () => {
  const one = { id: "one", parts: ["a", "b", "c", "d", "e"] };
  const sets = [
    { id: "four of five", parts: ["a", "b", "c", "d", "x"] },
    { id: "all", parts: ["e", "d", "c", "b", "a"] },
    { id: "five of six", parts: ["a", "b", "c", "d", "e", "f"] },
    { id: "three of five", parts: ["a", "b", "c", "x", "y"] },
    { id: "five of seven", parts: ["a", "b", "c", "d", "e", "f", "g"] },
    { id: "nothing", parts: [] },
  ];
  expect(similarSets([one], sets).get("one")).toEqual([
    { id: "all", share: 1 },
    { id: "five of six", share: 5 / 6 },
    { id: "four of five", share: 4 / 5 },
  ]);
  expect(similarSets([{ id: "none", parts: [] }], sets).size).toBe(0);
});

test("thousands of sets are compared in the time that thousands of sets take", () => {
  const sets = (prefix: string, distinct: number) =>
    Array.from({ length: 5000 }, (_, index) => ({
      id: `${prefix}${index}`,
      parts: [
        "id bigint",
        "created date",
        "name text",
        `own_${index % distinct} text`,
        `other_${index % distinct} int`,
      ],
    }));
  const started = performance.now();
  expect(similarSets(sets("a", 5000), sets("b", 5000)).get("a7")).toEqual([{ id: "b7", share: 1 }]);
  // All of them alike: each is told the first few of its candidates.
  expect(similarSets(sets("a", 1), sets("b", 1)).get("a7")?.length).toBe(20);
  expect(performance.now() - started).toBeLessThan(20_000);
});
