-- engines: sqlite
-- from
CREATE TABLE t (a INT, b INT AS (a + 1), c INT AS (b + 1));
-- rows
INSERT INTO t (a) VALUES (1), (10);
-- to
CREATE TABLE t (a INT, b INT AS (a + 2), c INT AS (b + 1) STORED NOT NULL, d INT AS (c + b)); CREATE INDEX i ON t (d);
-- rows
INSERT INTO t (a) VALUES (4);
