-- from
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id integer PRIMARY KEY, tags hstore NOT NULL DEFAULT ''::hstore, name text);
CREATE INDEX t_name ON t USING gin (name gin_trgm_ops);
CREATE INDEX t_tags ON t USING gin (tags);
CREATE VIEW tagged AS SELECT id, tags -> 'a' AS a, similarity(name, 'x') AS near FROM t WHERE tags ? 'a';
CREATE FUNCTION tag(t) RETURNS text STABLE LANGUAGE sql AS $$ SELECT 'x' $$;
-- rows
INSERT INTO t VALUES (1, 'a=>1', 'one'), (2, '"b"=>"x y"', NULL);

-- to
CREATE SCHEMA extensions;
CREATE EXTENSION hstore SCHEMA extensions;
CREATE EXTENSION pg_trgm SCHEMA extensions;
CREATE TABLE t (id integer PRIMARY KEY, tags extensions.hstore NOT NULL DEFAULT ''::extensions.hstore, name text);
CREATE INDEX t_name ON t USING gin (name extensions.gin_trgm_ops);
CREATE INDEX t_tags ON t USING gin (tags);
CREATE VIEW tagged AS SELECT id, tags OPERATOR(extensions.->) 'a' AS a, extensions.similarity(name, 'x') AS near FROM t WHERE tags OPERATOR(extensions.?) 'a';
CREATE FUNCTION tag(t) RETURNS text STABLE LANGUAGE sql AS $$ SELECT 'x' $$;
-- rows
INSERT INTO t VALUES (1, 'a=>1', 'one'), (2, '"b"=>"x y"', NULL);
