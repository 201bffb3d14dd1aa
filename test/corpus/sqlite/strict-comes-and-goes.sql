-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b REAL, c BLOB);
-- rows
INSERT INTO t VALUES (1, 'x', 1.5, x'00ff'), (5, NULL, 2.0, NULL);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b REAL, c BLOB) STRICT;
-- rows
INSERT INTO t VALUES (3, 'y', 0.25, x'');
