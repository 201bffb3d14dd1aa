-- from
CREATE TABLE t (id integer, n text);
CREATE MATERIALIZED VIEW totals AS SELECT n, count(*) AS c FROM t GROUP BY n;
CREATE UNIQUE INDEX totals_n ON totals (n);
CREATE VIEW above AS SELECT c FROM totals;
-- rows
INSERT INTO t VALUES (1, 'a'); REFRESH MATERIALIZED VIEW totals;
-- to
CREATE TABLE t (id integer, n text);
CREATE MATERIALIZED VIEW sums AS SELECT n, count(*) AS c FROM t GROUP BY n;
CREATE UNIQUE INDEX sums_n ON sums (n);
CREATE VIEW above AS SELECT c FROM sums;
-- rows
INSERT INTO t VALUES (1, 'a'); REFRESH MATERIALIZED VIEW sums;
