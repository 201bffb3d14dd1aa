-- engines: sqlite
-- from
CREATE TABLE t AS SELECT 1 AS id, 'x' AS "a b", 2.5 AS z;
-- rows
INSERT INTO t VALUES (2, 'y', 3.5);
-- to
CREATE TABLE t (id INT, "a b" TEXT NOT NULL, z REAL);
