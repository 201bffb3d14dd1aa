-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- rows
INSERT INTO t VALUES (4, 'x'), (9, 'y');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
-- rows
INSERT INTO t (a) VALUES ('n'), ('m'); DELETE FROM t WHERE id = 2;
