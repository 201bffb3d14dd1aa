import { describe, expect, test } from "vitest";
import {
  planDowngrade,
  planMigrate,
  planStamp,
  planUpgrade,
  resolveRange,
  resolveRevisions,
} from "../../src/history/target.ts";
import { historyOf, ids, revision } from "./history-of.ts";

const line = historyOf(
  revision("aa11"),
  revision("ab22", ["aa11"]),
  revision("cc33", ["ab22"]),
  revision("dd44", ["cc33"]),
);
const branches = historyOf(
  revision("root"),
  revision("l1", ["root"], { labels: ["left"] }),
  revision("l2", ["l1"]),
  revision("r1", ["root"], { labels: ["right"] }),
  revision("r2", ["r1"], { dependsOn: ["l1"] }),
);
const applied = (...names: readonly string[]) => new Set(names);
const code = (value: string) => expect.objectContaining({ code: value });

describe("upgrade", () => {
  test.each([
    ["head", [], ["aa11", "ab22", "cc33", "dd44"]],
    ["+2", ["aa11"], ["ab22", "cc33"]],
    ["cc", ["aa11"], ["ab22", "cc33"]],
    ["aa11+1", [], ["aa11", "ab22"]],
    ["dd44-1", ["aa11"], ["ab22", "cc33"]],
    ["head-1", [], ["aa11", "ab22", "cc33"]],
    ["head", ["aa11", "ab22", "cc33", "dd44"], []],
    ["aa11", ["aa11", "ab22"], []],
  ])("to %s from %j applies %j", (target, from, expected) => {
    expect(ids(planUpgrade(line, applied(...from), [target]).steps)).toEqual(expected);
  });

  test("takes a branch with what it depends on", () => {
    expect(ids(planUpgrade(branches, applied(), ["right@head"]).steps)).toEqual(["root", "l1", "r1", "r2"]);
    expect(ids(planUpgrade(branches, applied("root"), ["left@+1"]).steps)).toEqual(["l1"]);
    expect(ids(planUpgrade(branches, applied(), ["heads"]).steps)).toHaveLength(5);
    expect(ids(planUpgrade(branches, applied(), ["l2", "r1"]).steps)).toEqual(["root", "l1", "l2", "r1"]);
  });

  test.each([
    ["head", [], "history.several-heads"],
    ["nowhere", [], "target.unknown"],
    ["nowhere@head", [], "target.unknown"],
    ["+1", ["root"], "target.ambiguous"],
    ["+9", [], "target.ambiguous"],
    ["left@+9", ["root"], "target.out-of-range"],
    ["left@r2", [], "target.unknown"],
    ["-1", ["root"], "target.not-reachable"],
    ["a b", [], "target.invalid"],
    ["+0", [], "target.invalid"],
    ["@head", [], "target.invalid"],
    ["", [], "target.invalid"],
  ])("to %s from %j is refused with %s", (target, from, expected) => {
    expect(() => planUpgrade(branches, applied(...from), [target])).toThrowError(code(expected));
  });

  test("names the candidates of an ambiguous beginning, and refuses targets that overlap", () => {
    expect(() => planUpgrade(line, applied(), ["a"])).toThrowError(
      expect.objectContaining({ message: expect.stringContaining("aa11, ab22") }),
    );
    expect(() => planUpgrade(line, applied(), ["aa11", "cc33"])).toThrowError(code("target.overlap"));
    expect(ids(planUpgrade(line, applied(), ["cc33", "cc33"]).steps)).toHaveLength(3);
  });

  test("of an empty history has nothing to do", () => {
    expect(planUpgrade(historyOf(), applied(), ["head"]).direction).toBe("none");
    expect(planUpgrade(historyOf(), applied(), ["heads"]).direction).toBe("none");
  });
});

describe("downgrade", () => {
  const all = ["aa11", "ab22", "cc33", "dd44"];
  test.each([
    ["-1", ["dd44"]],
    ["-3", ["dd44", "cc33", "ab22"]],
    ["base", ["dd44", "cc33", "ab22", "aa11"]],
    ["ab22", ["dd44", "cc33"]],
    ["base+1", ["dd44", "cc33", "ab22"]],
    ["dd44-2", ["dd44", "cc33"]],
  ])("to %s reverts %j", (target, expected) => {
    expect(ids(planDowngrade(line, applied(...all), [target]).steps)).toEqual(expected);
  });

  test("takes a merge off by itself, and a dependant with what it depends on", () => {
    const merged = historyOf(revision("a"), revision("b"), revision("m", ["a", "b"]));
    expect(ids(planDowngrade(merged, applied("a", "b", "m"), ["-1"]).steps)).toEqual(["m"]);
    expect(() => planDowngrade(merged, applied("a", "b", "m"), ["-2"])).toThrowError(code("target.ambiguous"));
    expect(ids(planDowngrade(branches, applied("root", "l1", "r1", "r2"), ["left@root"]).steps)).toEqual(["r2", "l1"]);
  });

  test("keeps the other branch", () => {
    expect(ids(planDowngrade(branches, applied("root", "l1", "l2", "r1"), ["left@-1"]).steps)).toEqual(["l2"]);
  });

  test.each([
    ["-9", "target.out-of-range"],
    ["+1", "target.not-reachable"],
  ])("%s is refused with %s", (target, expected) => {
    expect(() => planDowngrade(line, applied(...all), [target])).toThrowError(code(expected));
  });

  test("refuses to go down to what is not applied", () => {
    expect(() => planDowngrade(line, applied("aa11"), ["cc33"])).toThrowError(code("target.not-reachable"));
    expect(() => planDowngrade(line, applied(), ["-1"])).toThrowError(code("target.out-of-range"));
  });
});

describe("migrate", () => {
  test.each([
    ["aa11", ["aa11", "ab22"], "down", ["ab22"]],
    ["cc33", ["aa11", "ab22"], "up", ["cc33"]],
    ["ab22", ["aa11", "ab22"], "none", []],
    ["-1", ["aa11", "ab22"], "down", ["ab22"]],
    ["+1", ["aa11"], "up", ["ab22"]],
    ["base", ["aa11"], "down", ["aa11"]],
    ["head", [], "up", ["aa11", "ab22", "cc33", "dd44"]],
  ])("to %s from %j goes %s", (target, from, direction, steps) => {
    const route = planMigrate(line, applied(...from), [target]);
    expect([route.direction, ids(route.steps)]).toEqual([direction, steps]);
  });
});

describe("stamp", () => {
  test("adds what a target builds on and removes what builds on it", () => {
    expect(planStamp(line, applied(), ["cc33"], { purge: false }).add).toEqual(["aa11", "ab22", "cc33"]);
    expect(planStamp(line, applied("aa11", "ab22", "cc33"), ["aa11"], { purge: false }).remove).toEqual([
      "cc33",
      "ab22",
    ]);
    expect([...planStamp(branches, applied("root", "l1", "l2"), ["r1"], { purge: false }).applied].sort()).toEqual([
      "l1",
      "l2",
      "r1",
      "root",
    ]);
    expect([...planStamp(line, applied("aa11", "gone"), ["base"], { purge: false }).applied]).toEqual([]);
    expect([...planStamp(branches, applied("root", "l1", "gone"), ["r1"], { purge: true }).applied].sort()).toEqual([
      "r1",
      "root",
    ]);
  });
});

describe("a range of the files", () => {
  test.each([
    ["base:head", "up", ["aa11", "ab22", "cc33", "dd44"]],
    [":ab22", "up", ["aa11", "ab22"]],
    ["ab22:", "up", ["cc33", "dd44"]],
    ["ab22:+1", "up", ["cc33"]],
    ["dd44:ab22", "down", ["dd44", "cc33"]],
    ["dd44:base", "down", ["dd44", "cc33", "ab22", "aa11"]],
    ["cc33:cc33", "none", []],
  ])("%s goes %s", (range, direction, steps) => {
    const route = resolveRange(line, range);
    expect([route.direction, ids(route.steps)]).toEqual([direction, steps]);
  });

  test("between branches is refused", () => {
    expect(() => resolveRange(branches, "l2:r1")).toThrowError(code("target.not-reachable"));
  });
});

test("versions are numbers, and labels name revisions", () => {
  const numbered = historyOf(revision("0001"), revision("0002", ["0001"]));
  expect(ids(resolveRevisions(numbered, "2", applied()))).toEqual(["0002"]);
  expect(ids(resolveRevisions(branches, "left", applied()))).toEqual(["l1"]);
  expect(ids(resolveRevisions(branches, "current", applied("root", "l1", "r1")))).toEqual(["l1", "r1"]);
});
