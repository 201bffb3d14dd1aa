-- engines: sqlite
-- from
CREATE TABLE t (a INT, b INT);
-- rows
INSERT INTO t VALUES (1, NULL), (1, NULL), (NULL, NULL), (NULL, NULL), (1, 2);
-- to
CREATE TABLE t (a INT, b INT, UNIQUE (a, b));
