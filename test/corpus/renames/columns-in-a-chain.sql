-- renames: t.a:t.b, t.b:t.c, t.c:t.d
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c integer);
-- rows
INSERT INTO t VALUES (1, 'a', 'b', 3);
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text, c text, d integer);
