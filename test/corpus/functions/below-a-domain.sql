-- from
CREATE FUNCTION is_code(value text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT value ~ '^[a-z]+$' $$;
CREATE DOMAIN code AS text DEFAULT 'a' CONSTRAINT code_form CHECK (is_code(VALUE));
CREATE TABLE t (id integer PRIMARY KEY, code code);
-- rows
INSERT INTO t VALUES (1, 'abc');

-- to
CREATE FUNCTION is_code(word text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT word ~ '^[a-z]+$' $$;
CREATE DOMAIN code AS text DEFAULT 'a' CONSTRAINT code_form CHECK (is_code(VALUE));
CREATE TABLE t (id integer PRIMARY KEY, code code);
-- rows
INSERT INTO t VALUES (1, 'abc');
