-- from
CREATE TABLE t (id serial, n text);
-- rows
INSERT INTO t (n) VALUES ('a'), ('b');
-- to
CREATE SEQUENCE numbers AS integer;
CREATE TABLE t (id integer NOT NULL DEFAULT nextval('numbers'), n text);
ALTER SEQUENCE numbers OWNED BY t.id;
-- rows
INSERT INTO t (n) VALUES ('a'), ('b');
