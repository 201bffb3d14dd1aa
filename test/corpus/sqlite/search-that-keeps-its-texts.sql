-- engines: sqlite
-- from
CREATE VIRTUAL TABLE notes USING fts5 (title, body);
-- rows
INSERT INTO notes (rowid, title, body) VALUES (9, 'a', 'running');
-- to
CREATE VIRTUAL TABLE notes USING fts5 (title, body, extra UNINDEXED, tokenize = trigram);
-- rows
INSERT INTO notes VALUES ('a', 'b', 'c');
