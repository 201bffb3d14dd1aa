-- engines: sqlite
-- from
CREATE TABLE t (a INT); CREATE UNIQUE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES (1), (2), (NULL);
-- to
CREATE TABLE t (a INT UNIQUE);
-- rows
INSERT INTO t VALUES (3);
