import { expect, test } from "vitest";
import { commandTag } from "./command-tag.ts";

test.each([
  ["create table t (id int)", 0, "CREATE TABLE"],
  ["CREATE TEMP TABLE t (id int)", 0, "CREATE TABLE"],
  ["create or replace view v as select 1", 0, "CREATE VIEW"],
  ["create unique index concurrently i on t (id)", 0, "CREATE INDEX"],
  ["create materialized view m as select 1", 0, "CREATE MATERIALIZED VIEW"],
  ["drop table if exists t", 0, "DROP TABLE"],
  ["alter table t add c int", 0, "ALTER TABLE"],
  ["insert into t values (1)", 1, "INSERT 0 1"],
  ["-- why\n/* and */ update t set a = 1", 3, "UPDATE 3"],
  ["delete from t", 2, "DELETE 2"],
  ["with x as (select 1) delete from t", 2, "DELETE 2"],
  ["with x as (delete from t returning 1) insert into u select * from x", 2, "OK 2"],
  ["truncate t", 0, "TRUNCATE TABLE"],
  ["begin", 0, "BEGIN"],
  ["set lock_timeout = 5", 0, "SET"],
])("%s", (sql, rows, tag) => {
  expect(commandTag(sql, rows)).toBe(tag);
});
