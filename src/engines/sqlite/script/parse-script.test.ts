import { describe, expect, test } from "vitest";
import { isKeelsonError } from "../../../errors.ts";
import { parseScript } from "./parse-script.ts";

const texts = (script: string) => parseScript(script).map((statement) => statement.sql);
const modes = (script: string) => parseScript(script).map((statement) => statement.mode);
const losses = (script: string) => parseScript(script).map((statement) => statement.destroys);

function problem(script: string): { readonly code: string; readonly line: unknown; readonly message: string } {
  try {
    parseScript(script);
  } catch (error) {
    if (isKeelsonError(error)) return { code: error.code, line: error.details["line"], message: error.message };
    throw error;
  }
  throw new Error("the script was accepted");
}

describe("cutting", () => {
  test("semicolons end statements, and empty ones are left out", () => {
    expect(texts(";; CREATE TABLE a(x);\n\n;SELECT 1 ; ;")).toEqual(["CREATE TABLE a(x)", "SELECT 1"]);
    expect(texts("")).toEqual([]);
    expect(texts(" -- nothing\n/* at all */;")).toEqual([]);
  });

  test("semicolons inside strings, names and comments do not", () => {
    const script = `INSERT INTO "a;b" VALUES (';', 'it''s;', x'3b'); -- one;\nSELECT [c;d], \`e;\`\`f\`, "g;""h" /* ; */ FROM t`;
    expect(texts(script)).toEqual([
      `INSERT INTO "a;b" VALUES (';', 'it''s;', x'3b')`,
      `SELECT [c;d], \`e;\`\`f\`, "g;""h" /* ; */ FROM t`,
    ]);
  });

  test("a statement knows its place, its first word's line, and ends before trailing comments", () => {
    const script = "\uFEFF-- head\n\nSELECT 1; -- tail\r\n/* two\nlines */\r\n  SELECT\r\n  2 -- end";
    expect(parseScript(script).map(({ sql, offset, line }) => [sql, script.slice(offset, offset + 6), line])).toEqual([
      ["SELECT 1", "SELECT", 3],
      ["SELECT\r\n  2", "SELECT", 6],
    ]);
  });

  test("a trigger's body is one statement, whatever END it holds", () => {
    const trigger = (head: string) =>
      `${head} t AFTER UPDATE OF x ON a WHEN new.x > 0 BEGIN
  UPDATE b SET y = CASE WHEN new.x = 1 THEN 'END;' ELSE (CASE new.x WHEN 2 THEN 3 END) END;
  INSERT INTO log SELECT 'x' -- ; END ;
  ; /* more */ DELETE FROM c WHERE "end" = 1;
END`;
    for (const head of [
      "CREATE TRIGGER",
      "create temp trigger",
      "CREATE TEMPORARY TRIGGER IF NOT EXISTS",
      "EXPLAIN QUERY PLAN CREATE TRIGGER",
    ]) {
      expect(texts(`${trigger(head)}; SELECT 1`)).toEqual([trigger(head), "SELECT 1"]);
    }
  });

  test("BEGIN and END elsewhere do not hold a statement open", () => {
    expect(texts("CREATE TABLE trigger_log(x); BEGIN; SELECT CASE WHEN 1 THEN 2 END; END; SELECT 3")).toHaveLength(5);
  });
});

describe("problems", () => {
  test.each([
    ["SELECT 1;\nSELECT 'abc", 2, "string"],
    ['\n\nSELECT "abc', 3, "quoted name"],
    ["SELECT `abc", 1, "quoted name"],
    ["SELECT [abc", 1, "quoted name"],
    ["SELECT x'ab", 1, "string"],
    ["SELECT 1;\n\n/* no end", 3, "comment"],
    ["SELECT 1;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\nSELECT 1;\n", 2, "END"],
    ["CREATE TABLE a(x);\n.tables\n", 2, ".tables"],
    ["SELECT 1;\0DROP TABLE a", 1, "NUL"],
  ])("%j", (script, line, words) => {
    expect(problem(script)).toMatchObject({ code: "revision.syntax", line, message: expect.stringContaining(words) });
  });
});

describe("modes", () => {
  test.each([
    ["control", ["BEGIN", "begin immediate", "COMMIT", "END TRANSACTION", "ROLLBACK", "ROLLBACK TRANSACTION"]],
    [
      "autocommit",
      [
        "VACUUM",
        "VACUUM INTO 'x'",
        "ATTACH 'a' AS b",
        "DETACH b",
        "PRAGMA journal_mode=WAL",
        "PRAGMA main.journal_mode('delete')",
      ],
    ],
    [
      "autocommit",
      ["PRAGMA wal_checkpoint", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA auto_vacuum = 1", "PRAGMA page_size=8192"],
    ],
    [
      "setting",
      ["PRAGMA foreign_keys=ON", "pragma foreign_keys(0)", "PRAGMA synchronous = OFF", "PRAGMA temp_store=2"],
    ],
    [
      "transactional",
      ["SAVEPOINT a", "RELEASE a", "ROLLBACK TO a", "ROLLBACK TRANSACTION TO SAVEPOINT a", "PRAGMA foreign_keys"],
    ],
    [
      "transactional",
      [
        "PRAGMA user_version = 4",
        "PRAGMA journal_mode",
        "EXPLAIN VACUUM",
        "CREATE TABLE a(x)",
        "WITH a AS (SELECT 1) SELECT * FROM a",
      ],
    ],
  ])("%s: %j", (mode, statements) => {
    for (const statement of statements) expect([statement, ...modes(statement)]).toEqual([statement, mode]);
  });
});

describe("what statements destroy", () => {
  test.each([
    ["DROP TABLE users", ["drops table users"]],
    ['DROP TABLE IF EXISTS main."Order Items"', ["drops table Order Items"]],
    [
      "ALTER TABLE users DROP COLUMN email; ALTER TABLE users DROP email",
      ["drops column users.email", "drops column users.email"],
    ],
    ["ALTER TABLE users DROP CONSTRAINT positive", [null]],
    ["DELETE FROM users; DELETE FROM users WHERE id = 1", ["deletes every row of users", null]],
    ["DELETE FROM users RETURNING (SELECT 1 WHERE 1)", ["deletes every row of users"]],
    ["WITH x AS (SELECT 1 WHERE 1) DELETE FROM users", ["deletes every row of users"]],
    ["DROP INDEX a; DROP VIEW b; DROP TRIGGER c; UPDATE users SET a = 1", [null, null, null, null]],
    ["CREATE TEMP TABLE t(x); DELETE FROM t; DROP TABLE t", [null, null, null]],
    ["CREATE TABLE IF NOT EXISTS t(x); DROP TABLE t", [null, "drops table t"]],
    ["EXPLAIN DROP TABLE users", [null]],
  ])("%s", (script, expected) => {
    expect(losses(script)).toEqual(expected);
  });

  test("a table that is dropped after its rows were copied counts: which columns it has is not in the script", () => {
    const newFirst = `CREATE TABLE new_users(id, name);
INSERT INTO new_users SELECT id, name FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;`;
    expect(losses(newFirst)).toEqual([null, null, "drops table users", null]);
    const oldAway = `ALTER TABLE "users" RENAME TO old_users; CREATE TABLE users(id);
INSERT OR IGNORE INTO users SELECT id FROM old_users; DROP TABLE old_users`;
    expect(losses(oldAway)).toEqual([null, null, null, "drops table old_users"]);
  });

  test("a replacement without a copy does not", () => {
    const script = "CREATE TABLE new_users(id); DROP TABLE users; ALTER TABLE new_users RENAME TO users";
    expect(losses(script)).toEqual([null, "drops table users", null]);
    const other =
      "CREATE TABLE n(id); INSERT INTO n SELECT 1 FROM elsewhere; DROP TABLE users; ALTER TABLE n RENAME TO users";
    expect(losses(other)).toEqual([null, null, "drops table users", null]);
  });
});
