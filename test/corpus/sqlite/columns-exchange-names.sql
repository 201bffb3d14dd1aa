-- engines: sqlite
-- renames: t.a:t.b, t.b:t.a
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'was a', 'was b');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT, a TEXT UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'p', 'q');
