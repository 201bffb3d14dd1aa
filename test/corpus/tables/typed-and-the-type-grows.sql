-- from
CREATE TYPE shape AS (id integer, v text); CREATE TABLE u OF shape;
-- rows
INSERT INTO u VALUES (2, 'y');
-- to
CREATE TYPE shape AS (id integer, v text, more integer); CREATE TABLE u OF shape;
-- rows
INSERT INTO u VALUES (2, 'y', 3);
