-- from
CREATE TABLE seed (id integer PRIMARY KEY);
-- rows
INSERT INTO seed VALUES (1);

-- to
CREATE TABLE seed (id integer PRIMARY KEY);
CREATE TABLE zebras (id integer PRIMARY KEY, name text);
CREATE FUNCTION a_count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM zebras';
CREATE FUNCTION b_rows() RETURNS SETOF zebras LANGUAGE sql AS 'SELECT * FROM zebras';
CREATE FUNCTION z_last() RETURNS bigint LANGUAGE sql AS 'SELECT a_count()';
CREATE FUNCTION c_calls() RETURNS bigint LANGUAGE sql AS 'SELECT z_last()';
ALTER TABLE zebras ADD COLUMN count bigint DEFAULT a_count();
