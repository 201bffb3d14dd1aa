import { expect, test } from "vitest";
import { idParts, ownName, plainPart, splitOutsideQuotes, sqlName, withParts } from "./object-id.ts";

test.each([
  ["table:public.users", ["public", "users"]],
  ['column:public."My.Table".id', ["public", '"My.Table"', "id"]],
  ['index:"a ""b"" c"."d:e"', ['"a ""b"" c"', '"d:e"']],
])("the parts of %s", (id, parts) => {
  expect(idParts(id)).toEqual(parts);
  expect(withParts(id, parts)).toBe(id);
  expect(ownName(id)).toBe(parts.at(-1));
  expect(sqlName(id)).toBe(parts.join("."));
});

test("a quoted name is what it stands for", () => {
  expect(['"a ""b"""', "plain", '"'].map(plainPart)).toEqual(['a "b"', "plain", '"']);
});

test("a text is cut only outside of quotes", () => {
  expect(splitOutsideQuotes('"a:b":c:"d"', ":")).toEqual(['"a:b"', "c", '"d"']);
});
