-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (a COLLATE "C" text_pattern_ops DESC NULLS LAST); CREATE INDEX j ON t (b DESC);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
