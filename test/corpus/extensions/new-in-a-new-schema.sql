-- from
CREATE TABLE t (id integer PRIMARY KEY, name text);
-- rows
INSERT INTO t VALUES (1, 'Ann');

-- to
CREATE SCHEMA "My Extensions";
CREATE EXTENSION citext SCHEMA "My Extensions";
COMMENT ON EXTENSION citext IS 'for names';
CREATE TABLE t (id integer PRIMARY KEY, name "My Extensions".citext);
CREATE DOMAIN email AS "My Extensions".citext CHECK (VALUE OPERATOR("My Extensions".<>) ''::"My Extensions".citext);
CREATE TABLE users (id integer PRIMARY KEY, email email UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'Ann');
INSERT INTO users VALUES (1, 'Ann@example.org');
