-- from
CREATE FUNCTION renamed(a integer, b integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
COMMENT ON FUNCTION renamed(integer, integer) IS 'adds';
CREATE FUNCTION named(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION with_default(a integer, b integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION other_default(a integer, b integer DEFAULT 1) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION without_default(a integer DEFAULT 5) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION outputs(a integer, OUT b integer, OUT c text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION rows_of() RETURNS TABLE (id integer, name text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION many(VARIADIC numbers integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- to
CREATE FUNCTION renamed(x integer, y integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
COMMENT ON FUNCTION renamed(integer, integer) IS 'adds';
CREATE FUNCTION named(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION with_default(a integer, b integer DEFAULT 7) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION other_default(a integer, b integer DEFAULT 2 + 2) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION without_default(a integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION outputs(a integer, OUT b integer, OUT d text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION rows_of() RETURNS TABLE (id integer, name text, more text) LANGUAGE sql AS $$ SELECT 1, 'x', 'y' $$;
CREATE FUNCTION many(VARIADIC integer[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
