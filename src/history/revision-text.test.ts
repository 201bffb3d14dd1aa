import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBlankSql } from "./blank-sql.ts";
import { canonicalText, checksumText } from "./canonical-text.ts";
import { printHeader } from "./header.ts";
import type { RevisionHeader } from "./revision.ts";
import { parseRevisionText } from "./revision-text.ts";

const head = "-- keelson\n-- id: 3f2a91c0de77\n-- parents: 9b1c0a7e4d52\n-- message: add users\n";
const full = `${head}\n-- keelson:up\nCREATE TABLE u (id int);\n\n-- keelson:down\nDROP TABLE u;\n\n-- keelson:verify\nSELECT 1 WHERE false;\n`;
const parse = (text: string) => parseRevisionText(canonicalText(text), "a.sql");
const checksum = (text: string) =>
  createHash("sha256")
    .update(checksumText(parse(text)))
    .digest("hex");

describe("a revision file", () => {
  test("is a header and sections, each with the line it begins on", () => {
    const { header, body } = parse(full);
    expect(header).toMatchObject({
      id: "3f2a91c0de77",
      parents: ["9b1c0a7e4d52"],
      message: "add users",
      transaction: "auto",
      created: null,
    });
    expect(body.up).toEqual({ sql: "CREATE TABLE u (id int);\n\n", file: "a.sql", firstLine: 7 });
    expect(body.down).toEqual({ sql: "DROP TABLE u;\n\n", file: "a.sql", firstLine: 10 });
    expect(body.verify).toEqual({ sql: "SELECT 1 WHERE false;\n", file: "a.sql", firstLine: 13 });
  });

  test("keeps proof lines and other comments, and reads every key", () => {
    const text = `-- keelson\n-- id: a1\n-- written by hand\n-- parents: 1, 0002\n-- labels: billing, v-two\n-- depends-on: accounts, 3f2a\n-- created: 2026-11-21T09:30:00Z\n-- transaction: none\n-- proof: 18 abc\n-- proof-down: 18 def\n\n-- keelson:up\n`;
    expect(parse(text).header).toEqual({
      id: "a1",
      parents: ["1", "0002"],
      labels: ["billing", "v-two"],
      dependsOn: ["accounts", "3f2a"],
      message: "",
      created: "2026-11-21T09:30:00Z",
      transaction: "none",
      proof: ["-- proof: 18 abc", "-- proof-down: 18 def"],
      proofs: [],
    });
  });

  test("without a header is all up, unless it has sections", () => {
    expect(parse("select 1;\n").body).toEqual({
      up: { sql: "select 1;\n", file: "a.sql", firstLine: 1 },
      down: null,
      verify: null,
    });
    expect(parse("-- why\n-- keelson:up\nselect 1;\n-- keelson:down\nselect 2;\n").body.down?.sql).toBe("select 2;\n");
  });

  test("has a way down only where it has a statement, or where there is nothing to undo", () => {
    const down = (up: string, text: string) =>
      parse(`${head}\n-- keelson:up\n${up}\n-- keelson:down\n${text}\n`).body.down;
    expect(down("select 1;", "-- nothing yet\n ;")).toBeNull();
    expect(down("-- a merge", "")).not.toBeNull();
    expect(down("select 1;", "/* why */ select 2;")?.sql).toContain("select 2");
  });

  test.each([
    ["a section twice", `${full}-- keelson:up\n`, 14, "second time"],
    ["sections out of order", `${head}\n-- keelson:down\n-- keelson:up\n`, 7, "too late"],
    [
      "a marker inside a function body",
      `${full.replace("-- keelson:verify", "$$\n-- keelson:down\n$$")}`,
      13,
      "second time",
    ],
    ["no up section", `${head}\n-- keelson:down\nselect 1;\n`, 6, "before -- keelson:up"],
    ["no section", head, 1, "no line -- keelson:up"],
    ["a marker with a space", `${head}\n-- keelson:up\n-- keelson: down\n`, 7, "no marker"],
    ["an indented marker", `${head}\n-- keelson:up\n  -- keelson:down\n`, 7, "no marker"],
    ["a marker in capitals", `${head}\n-- keelson:up\n-- Keelson:Down\n`, 7, "no marker"],
    ["a marker without the colon", `${head}\n-- keelson:up\n-- keelson down\n`, 7, "no marker"],
    ["a marker glued to its dashes", `${head}\n-- keelson:up\n--keelson:down\n`, 7, "no marker"],
    ["SQL above the sections", `${head}select 1;\n-- keelson:up\n`, 5, "SQL above"],
    ["SQL above the sections of a file without a header", "select 1;\n-- keelson:up\n", 2, "SQL above"],
    ["a header that does not come first", "\n-- keelson\n-- id: a\n-- keelson:up\n", 2, "stands on line 2"],
    ["an unknown key", `-- keelson\n-- id: a\n-- parent: b\n-- keelson:up\n`, 3, 'no key "parent"'],
    ["a key twice", `-- keelson\n-- id: a\n-- id: b\n-- keelson:up\n`, 3, "id twice"],
    ["no id", "-- keelson\n-- message: x\n-- keelson:up\n", 1, "no id"],
    ["an id that a target could not name", "-- keelson\n-- id: a@b\n-- keelson:up\n", 2, "can't be an id"],
    ["a word of targets as an id", "-- keelson\n-- id: head\n-- keelson:up\n", 2, "can't be an id"],
    ["a label that reads like steps", "-- keelson\n-- id: a\n-- labels: v-2\n-- keelson:up\n", 3, "can't be a label"],
    [
      "an unknown transaction mode of the way down",
      "-- keelson\n-- id: a\n-- transaction-down: off\n-- keelson:up\n",
      3,
      "transaction-down can't be",
    ],
    [
      "an unknown transaction mode",
      "-- keelson\n-- id: a\n-- transaction: off\n-- keelson:up\n",
      3,
      "transaction can't be",
    ],
    ["a local time", "-- keelson\n-- id: a\n-- created: 2026-01-01 10:00\n-- keelson:up\n", 3, "no time in UTC"],
    ["a parent twice", "-- keelson\n-- id: a\n-- parents: b, b\n-- keelson:up\n", 3, "named twice"],
  ])("with %s is refused by file and line", (_, text, line, message) => {
    expect(() => parse(text)).toThrowError(
      expect.objectContaining({
        code: "history.invalid-file",
        message: expect.stringContaining(`a.sql:${line}: `),
        details: { file: "a.sql", line },
      }),
    );
    expect(() => parse(text)).toThrowError(message);
  });

  test("suggests the key that was meant", () => {
    for (const [wrong, right] of [
      ["parent", "parents"],
      ["depends_on", "depends-on"],
      ["mesage", "message"],
      ["label", "labels"],
    ]) {
      const text = `-- keelson\n-- id: a\n-- ${wrong}: b\n-- keelson:up\n`;
      expect(() => parse(text)).toThrowError(expect.objectContaining({ hint: `Did you mean ${right}?` }));
    }
  });

  test("property: what is printed is read back", () => {
    const name = fc
      .stringMatching(/^[a-z][a-z0-9_.]{2,11}$/)
      .filter((text) => !["head", "heads", "base", "current", "none"].includes(text));
    const header: fc.Arbitrary<RevisionHeader> = fc.record({
      id: fc.stringMatching(/^[0-9a-f]{12}$/),
      parents: fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{12}$/), { maxLength: 3 }),
      dependsOn: fc.uniqueArray(name, { maxLength: 2 }),
      labels: fc.uniqueArray(name, { maxLength: 2 }),
      message: fc.string().map((text) => text.replace(/\s+/g, " ").trim()),
      created: fc.constantFrom(null, "2026-01-02T03:04:05Z"),
      transaction: fc.constantFrom("auto" as const, "none" as const),
    });
    const down = fc.constantFrom("auto" as const, "none" as const);
    fc.assert(
      fc.property(header, down, (drawn, transactionDown) => {
        const text = printHeader({ ...drawn, transactionDown });
        expect(parseRevisionText(`${text}\n-- keelson:up\n`, "a.sql").header).toEqual({
          ...drawn,
          ...(transactionDown === drawn.transaction ? {} : { transactionDown }),
          proof: [],
          proofs: [],
        });
      }),
    );
  });
});

describe("the checksum", () => {
  test("is the same whatever line ends and byte-order mark a checkout has", () => {
    const others = [
      full.replaceAll("\n", "\r\n"),
      `\uFEFF${full}`,
      `\uFEFF${full.replaceAll("\n", "\r\n")}`,
      `${full}\n \n`,
    ];
    expect(new Set([full, ...others].map(checksum)).size).toBe(1);
  });

  test.each([
    ["the message", "add users", "add people"],
    ["labels", "-- message", "-- labels: people\n-- message"],
    ["a proof", "-- message", "-- proof: 18\n-- message"],
    ["the time of creation", "-- message", "-- created: 2026-01-01T00:00:00Z\n-- message"],
    ["blank lines around a section", "\n-- keelson:up\n", "\n\n-- keelson:up\n\n"],
    ["the way down", "DROP TABLE u;", "DROP TABLE IF EXISTS u;"],
    ["the transaction mode of the way down", "-- message", "-- transaction-down: none\n-- message"],
  ])("stays when %s changes", (_, before, after) => {
    expect(full).toContain(before);
    expect(checksum(full.replace(before, after))).toBe(checksum(full));
  });

  test.each([
    ["a statement", "id int", "id bigint"],
    ["a comment in a section", "CREATE", "-- why\nCREATE"],
    ["the parents", "9b1c0a7e4d52", "9b1c0a7e4d53"],
    ["the dependencies", "-- message", "-- depends-on: x1\n-- message"],
    ["the transaction mode", "-- message", "-- transaction: none\n-- message"],
    ["the verify section", "WHERE false", "WHERE 1 = 0"],
  ])("changes with %s", (_, before, after) => {
    expect(full).toContain(before);
    expect(checksum(full.replace(before, after))).not.toBe(checksum(full));
  });

  test("of a headerless file is the SHA-256 of its canonical text, in one file with sections as well", () => {
    const sql = "create table a (id int);\r\n\r\n";
    const expected = createHash("sha256").update("create table a (id int);\n").digest("hex");
    expect(checksum(sql)).toBe(expected);
    expect(checksum(`-- keelson:up\n${sql}-- keelson:down\ndrop table a;\n`)).toBe(expected);
  });
});

test.each([
  ["", true],
  [" \n\t;\n", true],
  ["-- only\n-- comments", true],
  ["/* nested /* comment */ still */ -- and\n;", true],
  ["/* open", true],
  ["-- x\nselect 1", false],
  ["/* a */ select 1", false],
  ["- 1", false],
])("isBlankSql(%j) is %s", (text, expected) => {
  expect(isBlankSql(text)).toBe(expected);
});
