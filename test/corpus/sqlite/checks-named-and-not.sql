-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b INT, CONSTRAINT small CHECK (a < 100), CHECK (a <> b));
-- rows
INSERT INTO t VALUES (1, 5, 6);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT CONSTRAINT positive CHECK (b > 0), CONSTRAINT small CHECK (a < 1000), CHECK (b <> a OR a IS NULL));
-- rows
INSERT INTO t VALUES (1, 50, 6);
