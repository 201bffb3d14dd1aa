-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (lower(a)) WHERE b > 0;
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (upper(a), (b + 1)) WHERE b > 1 AND a <> ''; CREATE UNIQUE INDEX j ON t ((c ->> 'k'));
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
