-- from
CREATE TABLE t (id integer PRIMARY KEY, n integer, g integer GENERATED ALWAYS AS (n * 2) STORED);
-- rows
INSERT INTO t VALUES (1, 5);
-- to
CREATE TABLE t (id integer PRIMARY KEY, n integer, g integer);
