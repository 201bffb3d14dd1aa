-- renames: t.a:t.b, t.b:t.a
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text); CREATE INDEX on_a ON t (a);
-- rows
INSERT INTO t VALUES (1, 'was a', 'was b');
-- to
CREATE TABLE t (id integer PRIMARY KEY, b text, a text); CREATE INDEX on_a ON t (b);
