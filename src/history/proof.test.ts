import { expect, test } from "vitest";
import { parseHeader } from "./header.ts";
import { isProven, type Proof, parseProof, printProof, proofText } from "./proof.ts";
import type { RevisionBody } from "./revision.ts";

const proof: Proof = { ways: "up and down", product: "PostgreSQL", version: "18", sha256: "0123456789abcdef" };

function body(up: string, down: string | null = null, verify: string | null = null): RevisionBody {
  const section = (sql: string) => ({ sql, file: "1.sql", firstLine: 1 });
  return {
    up: section(up),
    down: down === null ? null : section(down),
    verify: verify === null ? null : section(verify),
  };
}

test("a proof is read back as it was printed, in both languages", () => {
  const others: readonly Proof[] = [
    { ...proof, ways: "up only" },
    { ...proof, product: "SQLite", version: "3.53" },
  ];
  for (const one of [proof, ...others]) {
    expect(parseProof(printProof(one))).toEqual(one);
    expect(parseProof(printProof(one, "//"))).toEqual(one);
  }
  expect(printProof({ ...proof, sha256: "0123456789abcdef".repeat(4) })).toBe(
    "-- proof: up and down, PostgreSQL 18, sha256 0123456789abcdef",
  );
});

test("a line in other words states no proof", () => {
  for (const line of [
    "-- proof: trust me",
    "-- proof: up and down, PostgreSQL 18",
    "-- proof: down only, PostgreSQL 18, sha256 0123456789abcdef",
    "-- proof: up and down, PostgreSQL 18, sha256 0123456789abcde",
    "-- proof: up and down, PostgreSQL 18, sha256 0123456789abcdef, and more",
  ]) {
    expect(parseProof(line)).toBeNull();
  }
});

test("a header has its proofs, one for each server", () => {
  const lines = [proof, { ...proof, version: "15" }].map((one) => printProof(one));
  const text = `-- keelson\n-- id: 3f2a9c1b0d4e\n-- parents:\n${lines.join("\n")}\n-- proof: perhaps\n`;
  const header = parseHeader(text, { end: text.length, file: "1.sql" });
  expect(header.proofs).toEqual([proof, { ...proof, version: "15" }]);
  expect(header.proof).toHaveLength(3);
});

test("a proof is about one body, on one server", () => {
  expect(isProven([proof], "0123456789abcdef".repeat(4))).toBe(true);
  expect(isProven([proof], "1123456789abcdef".repeat(4))).toBe(false);
  expect(isProven([], "0123456789abcdef")).toBe(false);
  expect(isProven([proof], proof.sha256, { product: "PostgreSQL", version: "18" })).toBe(true);
  expect(isProven([proof], proof.sha256, { product: "PostgreSQL", version: "15" })).toBe(false);
  expect(isProven([proof], proof.sha256, { product: "SQLite" })).toBe(false);
});

test("the text of a proof changes with every part and not with blank lines around them", () => {
  const text = proofText(body("CREATE TABLE a ();", "DROP TABLE a;"));
  expect(proofText(body("\n\nCREATE TABLE a ();\n\n", "\nDROP TABLE a;\n"))).toBe(text);
  const others = [
    body("CREATE TABLE b ();", "DROP TABLE a;"),
    body("CREATE TABLE a ();", "DROP TABLE b;"),
    body("CREATE TABLE a ();"),
    body("CREATE TABLE a ();", "DROP TABLE a;", "SELECT 1"),
    body("CREATE TABLE a ();\n-- x", "DROP TABLE a;"),
  ].map(proofText);
  expect(new Set([text, ...others]).size).toBe(others.length + 1);
});
