import { expect, test } from "vitest";
import type { Proof } from "./proof.ts";
import { withProof } from "./with-proof.ts";

const hash = "0123456789abcdef".repeat(4);
const proof: Proof = { ways: "up and down", product: "PostgreSQL", version: "18", sha256: hash };
const line = "-- proof: up and down, PostgreSQL 18, sha256 0123456789abcdef";

test("a proof goes below the other lines of a header, and nothing else changes", () => {
  const text = "-- keelson\n-- id: aaa\n-- message: a\n\n-- keelson:up\n-- id: not a header\nSELECT 1;\n";
  expect(withProof(text, { proof, mark: "--" })).toBe(
    `-- keelson\n-- id: aaa\n-- message: a\n${line}\n\n-- keelson:up\n-- id: not a header\nSELECT 1;\n`,
  );
});

test("a proof of another body goes, one of this body on another server stays", () => {
  const other = "-- proof: up and down, PostgreSQL 15, sha256 0123456789abcdef";
  const outdated = "-- proof: up only, PostgreSQL 14, sha256 ffffffffffffffff";
  const text = `-- keelson\n-- id: aaa\n${other}\n${outdated}\n-- proof: none\n${line}\n-- keelson:up\n`;
  expect(withProof(text, { proof, mark: "--" })).toBe(`-- keelson\n-- id: aaa\n${other}\n${line}\n-- keelson:up\n`);
});

test("line ends and a byte-order mark stay", () => {
  const text = "\uFEFF-- keelson\r\n-- id: aaa\r\n\r\n-- keelson:up\r\nSELECT 1;\r\n";
  expect(withProof(text, { proof, mark: "--" })).toBe(
    `\uFEFF-- keelson\r\n-- id: aaa\r\n${line}\r\n\r\n-- keelson:up\r\nSELECT 1;\r\n`,
  );
});

test("in code, the header ends at the first line that is no comment", () => {
  const text = "// keelson\n// id: aaa\n\n// note: not a header\nexport default 1;\n";
  expect(withProof(text, { proof, mark: "//" })).toBe(
    `// keelson\n// id: aaa\n${line.replace("--", "//")}\n\n// note: not a header\nexport default 1;\n`,
  );
});

test("a file without a header has no place for it", () => {
  expect(withProof("SELECT 1;\n", { proof, mark: "--" })).toBeNull();
});
