-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c REAL);
-- rows
INSERT INTO t VALUES (1, '12', 5, 2.0), (2, 'twelve', NULL, 2.5);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c INTEGER);
