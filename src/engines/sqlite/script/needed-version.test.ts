import { expect, test } from "vitest";
import { neededVersion } from "./needed-version.ts";

test.each([
  ["CREATE TABLE t (strict INT, a TEXT DEFAULT '->')", "3.35"],
  ["ALTER TABLE t ADD COLUMN a INT CHECK (a > 0)", "3.35"],
  ["ALTER TABLE t ADD checked INT", "3.35"],
  ['SELECT 1 - 2 > 3, "full" FROM t LEFT JOIN u', "3.35"],
  ["CREATE TABLE t (a INT) STRICT", "3.37"],
  ["create table t (a text primary key) without rowid, strict", "3.37"],
  ["SELECT a ->> '$.b' FROM t", "3.38"],
  ["INSERT INTO t VALUES (unixepoch())", "3.38"],
  ["CREATE VIEW v AS SELECT * FROM t FULL OUTER JOIN u USING (id)", "3.39"],
  ["SELECT a IS NOT DISTINCT FROM b", "3.39"],
  ["SELECT concat(a, b)", "3.44"],
  ["UPDATE t SET a = jsonb(a)", "3.45"],
  ["ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)", "3.53"],
  ['alter table main."t t" add check (a > 0)', "3.53"],
  ["ALTER TABLE t DROP CONSTRAINT c", "3.53"],
  ["ALTER TABLE t ALTER COLUMN a SET NOT NULL", "3.53"],
])("%s needs %s", (statement, version) => {
  expect(neededVersion(["CREATE TABLE plain (a INT)", statement])).toBe(version);
});
