import { describe, expect, test } from "vitest";
import { parseScript } from "../../../src/engines/postgres/script/parse-script.ts";

const modes: Readonly<Record<string, readonly string[]>> = {
  autocommit: [
    "CREATE INDEX CONCURRENTLY i ON t (a)",
    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t (a)",
    "DROP INDEX CONCURRENTLY i",
    "REINDEX INDEX CONCURRENTLY i",
    "REINDEX (CONCURRENTLY, VERBOSE) TABLE t",
    "REINDEX DATABASE d",
    "REINDEX SYSTEM d",
    "REINDEX SCHEMA s",
    "VACUUM",
    "VACUUM (FULL, ANALYZE) t",
    "CLUSTER",
    "CREATE DATABASE d",
    "DROP DATABASE IF EXISTS d",
    "CREATE TABLESPACE t LOCATION '/x'",
    "DROP TABLESPACE t",
    "ALTER DATABASE d SET TABLESPACE t",
    "ALTER SYSTEM SET work_mem = '1MB'",
    "ALTER SYSTEM RESET ALL",
    "ALTER TABLE p DETACH PARTITION c CONCURRENTLY",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
    "DROP SUBSCRIPTION s",
    "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
    "ALTER SUBSCRIPTION s ADD PUBLICATION p",
    "ALTER SUBSCRIPTION s SET (failover = true)",
    "DISCARD ALL",
  ],
  control: [
    "BEGIN",
    "START TRANSACTION",
    "COMMIT",
    "END",
    "ROLLBACK",
    "ABORT",
    "PREPARE TRANSACTION 'x'",
    "COMMIT PREPARED 'x'",
  ],
  transactional: [
    "SAVEPOINT a",
    "ROLLBACK TO SAVEPOINT a",
    "RELEASE a",
    "CREATE INDEX i ON t (a)",
    "REINDEX TABLE t",
    "REINDEX (CONCURRENTLY false) TABLE t",
    "ANALYZE t",
    "CLUSTER t USING i",
    "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
    "ALTER TABLE p DETACH PARTITION c",
    "ALTER TABLE p DETACH PARTITION c FINALIZE",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = false)",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
    "ALTER SUBSCRIPTION s DISABLE",
    "ALTER SUBSCRIPTION s SET PUBLICATION p WITH (refresh = false)",
    "ALTER TYPE t ADD VALUE 'x'",
    "ALTER DATABASE d SET work_mem = '1MB'",
    "CALL p()",
    "DO $$ BEGIN END $$",
    "DISCARD PLANS",
    "LOCK TABLE t",
  ],
};

describe("how a statement runs", () => {
  test.each(Object.entries(modes))("%s", async (mode, statements) => {
    for (const statement of statements) {
      const parsed = await parseScript(statement);
      expect(parsed.map((one) => [one.sql, one.mode])).toEqual([[statement, mode]]);
    }
  });

  test("only CALL and DO may commit by themselves", async () => {
    const parsed = await parseScript("CALL p(); DO $$ BEGIN END $$; SELECT 1; VACUUM");
    expect(parsed.map((one) => one.mayCommit)).toEqual([true, true, false, false]);
  });

  test.each([
    ["its value is used later", "ALTER TYPE t ADD VALUE 'x'; INSERT INTO a VALUES ('x')", "autocommit"],
    [
      "its value is used in a function",
      "ALTER TYPE t ADD VALUE 'x'; CREATE FUNCTION f() RETURNS t LANGUAGE sql AS $$ SELECT 'x'::t $$",
      "autocommit",
    ],
    ["its value is not used", "ALTER TYPE t ADD VALUE 'xyz'; CREATE TABLE a (b t)", "transactional"],
    ["only other values follow", "ALTER TYPE t ADD VALUE 'x'; ALTER TYPE t ADD VALUE 'xy'", "transactional"],
    [
      "the script makes the type",
      "CREATE TYPE t AS ENUM (); ALTER TYPE t ADD VALUE 'x'; SELECT 'x'::t",
      "transactional",
    ],
  ])("ADD VALUE when %s", async (_, script, mode) => {
    const parsed = await parseScript(script);
    expect(parsed.find((one) => one.sql.startsWith("ALTER TYPE"))?.mode).toBe(mode);
  });
});

test.each([
  ["DROP TABLE a, b.c CASCADE", "drops table a and all that depends on it, drops table b.c and all that depends on it"],
  ["DROP SCHEMA s", "drops schema s"],
  ["DROP SEQUENCE q", "drops sequence q"],
  ["DROP DATABASE d", "drops database d"],
  ["DROP EXTENSION e", "drops extension e"],
  ["DROP FOREIGN TABLE f", "drops foreign table f"],
  ["DROP OWNED BY r", "drops everything that the role owns"],
  ["DROP TYPE t CASCADE", "drops type t and all that depends on it"],
  ["DROP FUNCTION f(int) CASCADE", "drops function f and all that depends on it"],
  ["DROP MATERIALIZED VIEW m CASCADE", "drops materialized view m and all that depends on it"],
  [
    "ALTER TABLE s.t DROP COLUMN a, DROP COLUMN IF EXISTS b CASCADE",
    "drops column s.t.a, drops column s.t.b and all that depends on it",
  ],
  ["ALTER TABLE t DROP CONSTRAINT c CASCADE", "drops constraint c of t and all that depends on it"],
  ["TRUNCATE a, b", "deletes every row of a, deletes every row of b"],
  ["DELETE FROM t", "deletes every row of t"],
  ["WITH gone AS (DELETE FROM t RETURNING *) SELECT 1", "deletes every row of t"],
  ["DELETE FROM t WHERE a = 1", null],
  ["DELETE FROM t USING u WHERE t.a = u.a", null],
  ["DROP VIEW v", null],
  ["DROP TYPE t", null],
  ["DROP INDEX i", null],
  ["ALTER TABLE t DROP CONSTRAINT c", null],
  ["ALTER TABLE t ADD COLUMN a int", null],
  ["UPDATE t SET a = NULL", null],
])("%s destroys: %s", async (statement, words) => {
  const [parsed] = await parseScript(statement);
  expect(parsed?.destroys ?? null).toBe(words);
});

describe("places", () => {
  test("count characters where the parser counts bytes", async () => {
    const script = "-- é😀\nSELECT 'é😀';\n/* ü */ SELECT\n  2;SELECT 'x' -- ö\n;\nSELECT 4";
    const parsed = await parseScript(script);
    expect(parsed.map(({ sql, line }) => [sql, line])).toEqual([
      ["SELECT 'é😀'", 2],
      ["SELECT\n  2", 3],
      [expect.stringMatching(/^SELECT 'x'/), 4],
      ["SELECT 4", 6],
    ]);
    for (const { sql, offset } of parsed) expect(script.slice(offset, offset + sql.length)).toBe(sql);
  });

  test("a body with semicolons is one statement, and a byte order mark is none", async () => {
    const parsed = await parseScript(
      "\uFEFFCREATE PROCEDURE p() BEGIN ATOMIC SELECT 1; SELECT 2; END;\nDO $$ BEGIN PERFORM 1; END $$",
    );
    expect(parsed.map((one) => one.line)).toEqual([1, 2]);
    expect(parsed[0]?.offset).toBe(1);
  });

  test.each([
    ["SELECT 1;\n é selec", /Line 2, column 2: syntax error at or near "é"/, 2, 2],
    ["SELECT '😀', FROM WHERE", /Line 1, column 13/, 1, 13],
    ["SELECT 1;\n\\connect other\nSELECT 2", /Line 2, column 1: \\connect is a command of psql/, 2, 1],
    ["SELECT 1;\nCOPY t FROM stdin;\n1\t2\n\\.\n", /Line 2, column 1: COPY/, 2, 1],
    ["SELECT 1;\nCOPY t FROM STDIN", /Line 2: COPY/, 2, 1],
    ["SELECT 1;\nSELECT \0 2", /NUL/, 2, 8],
    ["SELECT 'open", /unterminated/, 1, 8],
  ])("%j is refused", async (script, message, line, column) => {
    await expect(parseScript(script)).rejects.toMatchObject({
      code: "revision.syntax",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
      details: { line, column },
    });
  });

  test("COPY from a file of the server and to the client are the server's business", async () => {
    expect(await parseScript("COPY t FROM '/tmp/x'; COPY t TO STDOUT; COPY t FROM PROGRAM 'ls'")).toHaveLength(3);
  });
});
