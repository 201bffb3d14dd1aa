-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a TEXT);
-- rows
INSERT INTO t VALUES (30, 'x'), (10, 'y');
-- to
CREATE TABLE t (id INTEGER, a TEXT, PRIMARY KEY (id DESC));
-- rows
INSERT INTO t VALUES (8, 'z');
