-- renames: e.b:e.bee
-- from
CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id integer, e e);
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- to
CREATE TYPE e AS ENUM ('first', 'a', 'bee'); CREATE TABLE t (id integer, e e);
