-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE, c TEXT, UNIQUE (a, b));
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z'), (2, 'p', 'q', 'r');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE ON CONFLICT IGNORE, b TEXT, c TEXT, CONSTRAINT bc UNIQUE (b, c COLLATE NOCASE) ON CONFLICT REPLACE);
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
