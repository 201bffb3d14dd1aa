-- renames: e.a:e.b, e.b:e.a
-- from
CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id integer, e e DEFAULT 'a');
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- to
CREATE TYPE e AS ENUM ('b', 'a', 'c'); CREATE TABLE t (id integer, e e DEFAULT 'b');
