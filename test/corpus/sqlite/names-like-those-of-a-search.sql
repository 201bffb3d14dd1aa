-- engines: sqlite
-- Tables of users that only look like the ones in which the search keeps its rows.
-- from
CREATE VIRTUAL TABLE docs USING fts5 (a); CREATE TABLE docs_archive (a TEXT);
-- rows
INSERT INTO docs VALUES ('x'); INSERT INTO docs_archive VALUES ('y');
-- to
CREATE VIRTUAL TABLE docs USING fts5 (a); CREATE TABLE docs_archive (a TEXT UNIQUE); CREATE TABLE docs_more (x INT);
