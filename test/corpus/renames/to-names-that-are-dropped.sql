-- renames: t.full_name:t.name, drafts:letters, drafts.body:letters.subject, mood_2:mood, t.kind_2:t.kind
-- engines: postgres, pglite
-- from
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE mood_2 AS ENUM ('low', 'high');
CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'x', full_name text NOT NULL, kind mood, kind_2 mood_2);
CREATE INDEX t_name ON t (name);
CREATE INDEX t_full_name ON t (full_name);
CREATE VIEW names AS SELECT id, name FROM t;
CREATE TABLE letters (id integer PRIMARY KEY, subject text);
CREATE TABLE drafts (number integer PRIMARY KEY, subject varchar(9), body text);
-- rows
INSERT INTO t VALUES (1, 'old', 'Ada Lovelace', 'sad', 'low'), (2, 'old', 'Grace Hopper', NULL, 'high');
INSERT INTO letters VALUES (1, 'gone');
INSERT INTO drafts VALUES (7, 'gone', 'kept');
-- to
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL, kind mood);
CREATE INDEX t_full_name ON t (name);
CREATE VIEW names AS SELECT id, name FROM t;
CREATE TABLE letters (number integer PRIMARY KEY, subject text);
-- rows
INSERT INTO t VALUES (3, 'Mary Jackson', 'low');
INSERT INTO letters VALUES (8, 'kept as well');
