-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t; CREATE INDEX m_id ON m (id);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t; CREATE UNIQUE INDEX m_id ON m (id); CREATE INDEX m_a ON m (a);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
