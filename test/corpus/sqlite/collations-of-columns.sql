-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT COLLATE RTRIM UNIQUE); CREATE INDEX i ON t (a, b);
-- rows
INSERT INTO t VALUES (1, 'A', 'x'), (2, 'a', 'y');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE NOCASE, b TEXT UNIQUE); CREATE INDEX i ON t (a, b);
-- rows
INSERT INTO t VALUES (1, 'A', 'x');
