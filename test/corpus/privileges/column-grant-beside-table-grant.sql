-- roles: app
-- from
CREATE TABLE t (id integer, name text);
GRANT SELECT, UPDATE ON t TO app;
GRANT SELECT (id) ON t TO app;
-- to
CREATE TABLE t (id integer, name text);
GRANT UPDATE ON t TO app;
GRANT SELECT (id) ON t TO app;
