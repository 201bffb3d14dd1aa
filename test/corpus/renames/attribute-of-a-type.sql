-- renames: address.zip:address.postcode
-- from
CREATE TYPE address AS (street text, zip integer);
CREATE TABLE t (id integer, home address);
CREATE VIEW zips AS SELECT id, (home).zip AS zip FROM t;
CREATE TABLE places OF address;
-- rows
INSERT INTO t VALUES (1, ('a', 7)); INSERT INTO places VALUES ('b', 9);
-- to
CREATE TYPE address AS (street text, postcode integer);
CREATE TABLE t (id integer, home address);
CREATE VIEW zips AS SELECT id, (home).postcode AS zip FROM t;
CREATE TABLE places OF address;
