-- engines: sqlite
-- obstacle: to, because agree in a
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
-- rows
INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, NULL), (4, NULL);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE);
