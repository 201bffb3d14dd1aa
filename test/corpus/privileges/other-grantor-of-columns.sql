-- roles: app, reader
-- from
CREATE TABLE t (id integer, name text);
-- to
CREATE TABLE t (id integer, name text);
GRANT SELECT (id) ON t TO app WITH GRANT OPTION;
GRANT UPDATE ON t TO app WITH GRANT OPTION;
SET ROLE app;
GRANT SELECT (id), UPDATE (name) ON t TO reader;
RESET ROLE;
