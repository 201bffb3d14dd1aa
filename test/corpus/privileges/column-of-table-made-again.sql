-- roles: app
-- from
CREATE TABLE t (id integer, name text, upper_name text GENERATED ALWAYS AS (upper(name)) STORED);
GRANT SELECT (id, upper_name) ON t TO app;
-- rows
INSERT INTO t (id, name) VALUES (1, 'a');
-- to
CREATE TABLE t (id integer, name text, upper_name text GENERATED ALWAYS AS (upper(name || '!')) STORED);
GRANT SELECT (id, upper_name) ON t TO app;
