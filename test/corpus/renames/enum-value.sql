-- renames: mood.sad:mood.unhappy, mood."very happy":mood."Joyful"
-- from
CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'sad', many mood[] DEFAULT '{sad,ok}', CHECK (m <> 'ok' OR id > 0));
CREATE INDEX sad_ones ON t (id) WHERE m = 'sad';
CREATE VIEW sads AS SELECT id FROM t WHERE m = 'sad'::mood;
-- rows
INSERT INTO t (id) VALUES (1); INSERT INTO t VALUES (2, 'ok', NULL), (3, 'very happy', '{ok}');
-- to
CREATE TYPE mood AS ENUM ('unhappy', 'ok', 'Joyful');
CREATE TABLE t (id integer PRIMARY KEY, m mood NOT NULL DEFAULT 'unhappy', many mood[] DEFAULT '{unhappy,ok}', CHECK (m <> 'ok' OR id > 0));
CREATE INDEX sad_ones ON t (id) WHERE m = 'unhappy';
CREATE VIEW sads AS SELECT id FROM t WHERE m = 'unhappy'::mood;
-- rows
INSERT INTO t (id) VALUES (1); INSERT INTO t VALUES (3, 'Joyful', '{ok}');
