-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (b); CREATE INDEX j ON t (a);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t USING hash (b); CREATE INDEX j ON t USING brin (b) WITH (pages_per_range = 8); CREATE INDEX k ON t USING gin (c jsonb_path_ops);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
