import { expect, test } from "vitest";
import type { Proof } from "./proof.ts";
import { parseProofsFile, printProofsFile, withProofs } from "./proofs-file.ts";

const proof = (version: string, sha256: string): Proof => ({
  ways: "up and down",
  product: "PostgreSQL",
  version,
  sha256: sha256.repeat(16),
});

test("what is printed is read back, a line for each proof in the order of the ids", () => {
  const proofs = new Map([
    ["20", [proof("18", "a"), proof("15", "a")]],
    ["3", []],
    ["0001", [proof("18", "b")]],
  ]);
  const text = printProofsFile(proofs);
  expect(text.split("\n").slice(1)).toEqual([
    "3: none",
    `20: up and down, PostgreSQL 18, sha256 ${"a".repeat(16)}`,
    `20: up and down, PostgreSQL 15, sha256 ${"a".repeat(16)}`,
    `0001: up and down, PostgreSQL 18, sha256 ${"b".repeat(16)}`,
    "",
  ]);
  expect(parseProofsFile(text)).toEqual(proofs);
  expect(parseProofsFile(text.replaceAll("\n", "\r\n"))).toEqual(proofs);
});

test("a line in other words names its revision and proves nothing", () => {
  expect([...parseProofsFile("7: proven, trust me\n<<<<<<< ours\n\n8: none\n")]).toEqual([
    ["7", []],
    ["8", []],
  ]);
});

test("a new proof replaces that of the server and those of another body", () => {
  const before = new Map([["1", [proof("15", "a"), proof("18", "a")]]]);
  expect(withProofs(before, "1", [proof("18", "a")]).get("1")).toEqual([proof("15", "a"), proof("18", "a")]);
  expect(withProofs(before, "1", [{ ...proof("18", "b"), sha256: "b".repeat(64) }]).get("1")).toEqual([
    proof("18", "b"),
  ]);
  expect(withProofs(before, "1", []).get("1")).toEqual(before.get("1"));
  expect(withProofs(before, "2", []).get("2")).toEqual([]);
});
