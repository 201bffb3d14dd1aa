-- from
CREATE FUNCTION fac(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN n < 2 THEN 1 ELSE n * fac(n - 1) END; END';
CREATE FUNCTION fac(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT n';
-- to
CREATE FUNCTION factorial_of(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN n < 2 THEN 1 ELSE n * factorial_of(n - 1) END; END';
CREATE FUNCTION fac(n bigint) RETURNS bigint LANGUAGE sql AS 'SELECT n';
