-- from
CREATE TYPE address AS (street text, zip integer);
CREATE TABLE t (id integer, home address, others address[]);
CREATE FUNCTION zip_of(address) RETURNS integer LANGUAGE sql AS 'SELECT ($1).zip';
-- rows
INSERT INTO t VALUES (1, ('a', 7), ARRAY[('b', 8)::address]);
-- to
CREATE TYPE place AS (street text, zip integer);
CREATE TABLE t (id integer, home place, others place[]);
CREATE FUNCTION zip_of(place) RETURNS integer LANGUAGE sql AS 'SELECT ($1).zip';
