import { expect, test } from "vitest";
import { madeName } from "./made-name.ts";

test("a name that fits is put together as it is", () => {
  expect(madeName("users", "id", "seq")).toBe("users_id_seq");
});

test("the longer one gives way, at a character's end", () => {
  expect(madeName("t".repeat(60), "identity", "seq")).toBe(`${"t".repeat(50)}_identity_seq`);
  expect(madeName("t".repeat(40), "c".repeat(40), "seq")).toBe(`${"t".repeat(29)}_${"c".repeat(29)}_seq`);
  expect(madeName("ü".repeat(30), "id", "seq")).toBe(`${"ü".repeat(28)}_id_seq`);
});
