-- renames: t.full_name:t.name, drafts:letters, drafts.body:letters.subject
-- engines: sqlite
-- from
CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'x', full_name text NOT NULL);
CREATE INDEX t_name ON t (name);
CREATE INDEX t_full_name ON t (full_name);
CREATE TABLE letters (id integer PRIMARY KEY, subject text);
CREATE TABLE drafts (number integer PRIMARY KEY, subject varchar(9), body text);
-- rows
INSERT INTO t VALUES (1, 'old', 'Ada Lovelace'), (2, 'old', 'Grace Hopper');
INSERT INTO letters VALUES (1, 'gone');
INSERT INTO drafts VALUES (7, 'gone', 'kept');
-- to
CREATE TABLE t (id integer PRIMARY KEY, name text NOT NULL);
CREATE INDEX t_full_name ON t (name);
CREATE TABLE letters (number integer PRIMARY KEY, subject text);
-- rows
INSERT INTO t VALUES (3, 'Mary Jackson');
INSERT INTO letters VALUES (8, 'kept as well');
