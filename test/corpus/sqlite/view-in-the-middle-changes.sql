-- engines: sqlite
-- outer_one names neither table that changes, and would stop the rename while inner_one is away.
-- from
CREATE TABLE t (a INT, b INT); CREATE TABLE u (a INT); CREATE VIEW inner_one AS SELECT a FROM t; CREATE VIEW outer_one AS SELECT a FROM inner_one;
-- rows
INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (3);
-- to
CREATE TABLE t (a INT UNIQUE, b INT); CREATE TABLE u (a INT); CREATE VIEW inner_one AS SELECT a FROM u; CREATE VIEW outer_one AS SELECT a FROM inner_one;
