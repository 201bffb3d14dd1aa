-- from
CREATE TABLE a (x integer); CREATE TABLE b (y integer); CREATE TABLE c (x integer, y integer, z integer) INHERITS (a, b);
-- rows
INSERT INTO c VALUES (1, 2, 3);
-- to
CREATE TABLE a (x integer); CREATE TABLE b (y integer); CREATE TABLE c (x integer, y integer, z integer) INHERITS (a);
-- rows
INSERT INTO c VALUES (1, 2, 3);
