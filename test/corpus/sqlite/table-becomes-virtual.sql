-- engines: sqlite
-- from
CREATE TABLE f (a TEXT, b TEXT);
-- rows
INSERT INTO f (rowid, a, b) VALUES (3, 'x', 'y');
-- to
CREATE VIRTUAL TABLE f USING fts5 (a, b);
-- rows
INSERT INTO f (rowid, a, b) VALUES (4, 'p', 'q');
