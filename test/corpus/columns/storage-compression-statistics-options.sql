-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c jsonb);
-- rows
INSERT INTO t VALUES (1, 'x', 'y', '{}');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c jsonb); ALTER TABLE t ALTER a SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER c SET STATISTICS 500, ALTER a SET (n_distinct = -0.5, n_distinct_inherited = 7), ALTER c SET STORAGE MAIN;
-- rows
INSERT INTO t VALUES (1, 'x', 'y', '{}');
