-- engines: sqlite
-- from
CREATE VIRTUAL TABLE a USING fts3 (t, b); CREATE VIRTUAL TABLE c USING fts4 (t, tokenize=porter); CREATE VIRTUAL TABLE words USING fts5vocab (f, 'row'); CREATE VIRTUAL TABLE f USING fts5 (x);
-- rows
INSERT INTO a (t, b) VALUES ('p', 'q'); INSERT INTO c (t) VALUES ('r'); INSERT INTO f VALUES ('s');
-- to
CREATE VIRTUAL TABLE a USING fts4 (t, b); CREATE VIRTUAL TABLE c USING fts4 (t, tokenize=simple); CREATE VIRTUAL TABLE words USING fts5vocab (f, 'col'); CREATE VIRTUAL TABLE f USING fts5 (x, y);
-- rows
INSERT INTO a (t, b) VALUES ('p', 'q'); INSERT INTO f VALUES ('s', 't');
