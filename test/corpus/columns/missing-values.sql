-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer); ALTER TABLE t ADD b text DEFAULT 'old';
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer, b text); ALTER TABLE t ADD c timestamptz DEFAULT now() NOT NULL;
-- rows
INSERT INTO t (id) VALUES (1);
