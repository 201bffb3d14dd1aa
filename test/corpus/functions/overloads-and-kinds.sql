-- from
CREATE FUNCTION size(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION size(text) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT length($1)';
COMMENT ON FUNCTION size(text) IS 'of a text';
CREATE FUNCTION work(integer) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION "Mixed Case"("The Number" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- to
CREATE FUNCTION size(bigint) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1::integer';
CREATE FUNCTION size(text) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT length($1)::bigint';
COMMENT ON FUNCTION size(text) IS 'of a text';
CREATE PROCEDURE work(integer) LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION "Mixed Case"("The Text" text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
