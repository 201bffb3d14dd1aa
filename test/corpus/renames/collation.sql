-- from
CREATE COLLATION german FROM "C";
CREATE TABLE t (id integer, n text COLLATE german);
CREATE INDEX t_n ON t (n);
-- rows
INSERT INTO t VALUES (1, 'a');
-- to
CREATE COLLATION plain FROM "C";
CREATE TABLE t (id integer, n text COLLATE plain);
CREATE INDEX t_n ON t (n);
