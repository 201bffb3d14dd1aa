-- from

-- to
SET check_function_bodies = off;
CREATE FUNCTION code() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT 'c' || (SELECT count(*) FROM things) $$;
CREATE TABLE things (id integer, code text DEFAULT code(), CHECK (code <> ''));
CREATE INDEX things_upper ON things (upper(code));
