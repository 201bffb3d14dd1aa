-- from
CREATE SCHEMA planner;
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE STATISTICS planner.s ON a, b FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE STATISTICS planner.of_view ON a, b FROM m;
-- rows
INSERT INTO t VALUES (1, 2, 3);

-- to
CREATE SCHEMA planner;
CREATE SCHEMA "Other";
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE STATISTICS "Other"."S" ON a, b FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, b, a + b AS sum FROM t;
CREATE STATISTICS planner.of_view ON a, b FROM m;
-- rows
INSERT INTO t VALUES (1, 2, 3);
