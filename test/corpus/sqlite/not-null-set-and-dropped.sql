-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x', 'y');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT);
-- rows
INSERT INTO t VALUES (1, 'x', 'z');
