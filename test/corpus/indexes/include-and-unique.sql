-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (id);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE UNIQUE INDEX i ON t (id) INCLUDE (a, b) WITH (fillfactor = 80, deduplicate_items = off);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
