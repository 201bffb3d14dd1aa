-- renames: t.n:t.label
-- from
CREATE TABLE t (id integer, n varchar(9) COLLATE "C");
COMMENT ON COLUMN t.n IS 'the name'; ALTER TABLE t ALTER n SET STORAGE EXTERNAL, ALTER n SET STATISTICS 7;
-- rows
INSERT INTO t VALUES (1, 'a');
-- to
CREATE TABLE t (id integer, label varchar(9) COLLATE "C");
COMMENT ON COLUMN t.label IS 'what it is called'; ALTER TABLE t ALTER label SET STORAGE EXTERNAL, ALTER label SET STATISTICS 7;
