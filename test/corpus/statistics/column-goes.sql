-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer, c integer);
CREATE STATISTICS s ON a, b, c FROM t;
COMMENT ON STATISTICS s IS 'three';
CREATE STATISTICS only_bc ON b, c FROM t;
-- rows
INSERT INTO t VALUES (1, 2, 3, 4);

-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;
COMMENT ON STATISTICS s IS 'two';
-- rows
INSERT INTO t VALUES (1, 2, 3);
