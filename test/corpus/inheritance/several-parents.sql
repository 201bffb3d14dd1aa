-- from
CREATE TABLE a (x integer); CREATE TABLE b (y integer); CREATE TABLE c (z integer) INHERITS (a, b);
-- rows
INSERT INTO c VALUES (1, 2, 3);
-- to
CREATE TABLE a (x integer, more text DEFAULT 'm'); CREATE TABLE b (y bigint); CREATE TABLE c (z integer) INHERITS (a, b);
-- rows
INSERT INTO c VALUES (1, 'q', 2, 3);
