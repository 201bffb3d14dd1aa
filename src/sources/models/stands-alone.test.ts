import { expect, it } from "vitest";
import { standsAlone } from "./stands-alone.ts";

it.each([
  "1",
  "-1.5e3",
  "0xff",
  "'a''b'",
  "x'00'",
  "NULL",
  "current_timestamp",
  "(lower('X'))",
  "((1) + (2))",
  "('a)')",
])("%s may follow DEFAULT", (expression) => {
  expect(standsAlone(expression)).toBe(true);
});

it.each(["lower('X')", "1 + 2", "(1) + (2)", "'a' || 'b'", "(')'", "a", "unixepoch()"])("%s may not", (expression) => {
  expect(standsAlone(expression)).toBe(false);
});
