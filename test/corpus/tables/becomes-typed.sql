-- from
CREATE TYPE shape AS (id integer, v text); CREATE TABLE t (id integer, v text); CREATE TABLE u OF shape;
-- rows
INSERT INTO t VALUES (1, 'x'); INSERT INTO u VALUES (2, 'y');
-- to
CREATE TYPE shape AS (id integer, v text); CREATE TABLE t OF shape; CREATE TABLE u (id integer, v text); CREATE TABLE n OF shape (PRIMARY KEY (id));
-- rows
INSERT INTO t VALUES (1, 'x');
