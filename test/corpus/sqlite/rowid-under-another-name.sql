-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER, a TEXT);
-- rows
INSERT INTO t VALUES (30, 'x'), (10, 'y');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- rows
INSERT INTO t VALUES (7, 'q');
