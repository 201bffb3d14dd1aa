-- engines: sqlite
-- obstacle: to, because positive
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
-- rows
INSERT INTO t VALUES (1, -1), (2, NULL), (3, 5);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, CONSTRAINT positive CHECK (a > 0));
