-- from
CREATE TABLE a (x integer); CREATE TABLE b (y integer) INHERITS (a); CREATE TABLE c (z integer) INHERITS (b);
-- rows
INSERT INTO c VALUES (1, 2, 3);
-- to
CREATE TABLE a (x bigint, n text DEFAULT 'n', CONSTRAINT pos CHECK (x > 0)); CREATE TABLE b (y integer) INHERITS (a); CREATE TABLE c (z integer) INHERITS (b);
-- rows
INSERT INTO c VALUES (1, 'n', 2, 3);
