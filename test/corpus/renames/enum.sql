-- from
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m mood DEFAULT 'ok', many mood[]);
CREATE FUNCTION worse(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
CREATE VIEW v AS SELECT id, 'sad'::mood AS m FROM t WHERE m = 'ok'::mood;
-- rows
INSERT INTO t VALUES (1, 'sad', '{ok,sad}');
-- to
CREATE TYPE feeling AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m feeling DEFAULT 'ok', many feeling[]);
CREATE FUNCTION worse(feeling) RETURNS feeling LANGUAGE sql AS 'SELECT $1';
CREATE VIEW v AS SELECT id, 'sad'::feeling AS m FROM t WHERE m = 'ok'::feeling;
-- rows
INSERT INTO t VALUES (1, 'sad', '{ok,sad}');
