-- engines: sqlite
-- obstacle: to, because a
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- rows
INSERT INTO t VALUES (1, NULL), (2, 'x');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);
