-- from
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (lower(a), (b * 2)); ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 300;
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
-- to
CREATE TABLE t (id integer, a text, b integer, c jsonb); CREATE INDEX i ON t (lower(a), (b * 2)); ALTER INDEX i ALTER COLUMN 2 SET STATISTICS 50; COMMENT ON INDEX i IS 'both';
-- rows
INSERT INTO t VALUES (1, 'x', 2, '{}'), (2, 'y', NULL, NULL);
