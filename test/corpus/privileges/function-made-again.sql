-- roles: app, reader
-- from
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION f(integer) OWNER TO app;
REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(integer) TO reader;
-- to
CREATE FUNCTION f(a integer) RETURNS text LANGUAGE sql AS 'SELECT ''1''';
ALTER FUNCTION f(integer) OWNER TO app;
REVOKE EXECUTE ON FUNCTION f(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(integer) TO reader;
