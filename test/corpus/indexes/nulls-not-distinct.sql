-- majors: 15+
-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE UNIQUE INDEX i ON t (b);
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE UNIQUE INDEX i ON t (b) NULLS NOT DISTINCT;
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
