-- from
CREATE TABLE t (id integer);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE FUNCTION ok(i integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT i > 0'; CREATE TABLE t (id integer CHECK (ok(id)));
-- rows
INSERT INTO t VALUES (1);
