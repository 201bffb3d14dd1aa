import { describe, expect, test } from "vitest";
import { findRebuilds, type Rebuild } from "./find-rebuilds.ts";
import { parseScript } from "./parse-script.ts";
import { readTokens } from "./tokens.ts";

function rebuildsOf(script: string): readonly Rebuild[] {
  return findRebuilds(parseScript(script).map(({ sql }) => [...readTokens(sql)]));
}

const create = "CREATE TABLE new_t (a, b);";
const copy = "INSERT INTO new_t (a, b) SELECT a, b FROM t;";
const swap = "DROP TABLE t; ALTER TABLE new_t RENAME TO t;";

describe("a rebuild is found", () => {
  test("with the new table first", () => {
    const [found] = rebuildsOf(`PRAGMA foreign_keys = OFF; ${create} ${copy} ${swap} CREATE INDEX i ON t (a);`);
    expect(found).toMatchObject({ fill: 2, drop: 3, table: "t", copy: "new_t" });
    expect(found?.copied).toEqual({ from: "t", to: "new_t", columns: ["a", "b"], values: ["a", "b"], strict: false });
  });

  test("with the old table named away first", () => {
    const script = `ALTER TABLE "T" RENAME TO old_t; CREATE TABLE t (a, b);
INSERT OR ABORT INTO t SELECT * FROM old_t; DROP TABLE old_t`;
    expect(rebuildsOf(script)).toMatchObject([
      { drop: 3, table: "old_t", copy: "t", copied: { columns: null, values: ["*"], strict: true } },
    ]);
  });

  test.each([
    ["as a query", "CREATE TABLE new_t AS SELECT t.a, [b] FROM main.t;", ["a", "b"]],
    ["with the bytes of a column", `${create} INSERT INTO new_t SELECT a, CAST(b AS TEXT) FROM t;`, ["a", "b"]],
    [
      "with other values, which keep nothing",
      `${create} INSERT INTO new_t SELECT upper(a), b + 1 FROM t;`,
      [null, null],
    ],
    ["with the highest id kept", `${create} ${copy} DELETE FROM sqlite_sequence WHERE name = 'x';`, ["a", "b"]],
  ])("copied %s", (_what, before, values) => {
    expect(rebuildsOf(`${before} ${swap}`)).toMatchObject([{ copied: { values } }]);
  });
});

describe("no rebuild, because rows may be lost", () => {
  test.each([
    ["no copy", `${create} ${swap}`],
    ["a copy of another table", `${create} INSERT INTO new_t SELECT a, b FROM other; ${swap}`],
    ["some rows", `${create} INSERT INTO new_t SELECT a, b FROM t WHERE a > 0; ${swap}`],
    ["a limit", `${create} INSERT INTO new_t SELECT a, b FROM t LIMIT 1; ${swap}`],
    ["different rows only", `${create} INSERT INTO new_t SELECT DISTINCT a, b FROM t GROUP BY a; ${swap}`],
    ["a join", `${create} INSERT INTO new_t SELECT a, b FROM t, other; ${swap}`],
    ["refused rows left out", `${create} INSERT OR IGNORE INTO new_t SELECT a, b FROM t; ${swap}`],
    ["rows deleted from the copy", `${create} ${copy} DELETE FROM new_t WHERE a = 1; ${swap}`],
    ["rows of the copy changed", `${create} ${copy} UPDATE new_t SET a = NULL; ${swap}`],
    ["a column of the copy dropped", `${create} ${copy} ALTER TABLE new_t DROP COLUMN b; ${swap}`],
    ["the copy dropped", `${create} ${copy} DROP TABLE t; DROP TABLE new_t; ${create} ALTER TABLE new_t RENAME TO t;`],
    [
      "the copy emptied before its rename",
      `${create} ${copy} DROP TABLE t; DELETE FROM new_t; ALTER TABLE new_t RENAME TO t`,
    ],
    ["a copy that goes with the session", `CREATE TEMP TABLE new_t AS SELECT * FROM t; ${swap}`],
    ["the same in other words", `CREATE TABLE temp.new_t AS SELECT * FROM t; ${swap}`],
    ["a copy under another name", `${create} ${copy} DROP TABLE t;`],
    ["a table that may have been there", `CREATE TABLE IF NOT EXISTS new_t (a, b); ${copy} ${swap}`],
    [
      "a trigger on the copy",
      `${create} CREATE TRIGGER x BEFORE INSERT ON new_t BEGIN SELECT RAISE(IGNORE); END; ${copy} ${swap}`,
    ],
    ["only a comment that says so", `/* rebuild: ${create} ${copy} */ -- ${copy}\nDROP TABLE t;`],
  ])("%s", (_what, script) => {
    expect(rebuildsOf(script).filter(({ table }) => table === "t")).toEqual([]);
  });
});
