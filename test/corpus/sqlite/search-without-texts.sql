-- engines: sqlite
-- from
CREATE TABLE t (a TEXT); CREATE VIRTUAL TABLE f USING fts5 (a, content = '', contentless_delete = 1);
-- rows
INSERT INTO t VALUES ('x'); INSERT INTO f (rowid, a) VALUES (1, 'x');
-- to
CREATE TABLE t (a TEXT UNIQUE); CREATE VIRTUAL TABLE f USING fts5 (a, content = '', contentless_delete = 1);
