import { expect, test } from "vitest";
import { tableText } from "./result-table.ts";

test("prints rows as psql does", () => {
  const rows = [
    { id: 1, name: "ann", ok: true },
    { id: 20, name: null, ok: false },
  ];
  expect(tableText({ columns: ["id", "name", "ok"], rows })).toBe(
    [" id | name | ok", "----+------+----", "  1 | ann  | t", " 20 |      | f", "(2 rows)"].join("\n"),
  );
});

test("continues values of several lines and keeps control characters from the terminal", () => {
  const text = tableText({ columns: ["a", "b"], rows: [{ a: "one\ntwo", b: "\u001b[31mred" }] });
  expect(text).toBe(["  a  |      b", "-----+-------------", " one+| \\x1b[31mred", " two |", "(1 row)"].join("\n"));
});

test("has a head even where it has no rows", () => {
  expect(tableText({ title: "List", columns: ["Name"], rows: [] })).toBe(
    [" List", " Name", "------", "(0 rows)"].join("\n"),
  );
});
