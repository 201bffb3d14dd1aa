-- roles: app
-- from
CREATE TABLE t (id integer);
-- to
CREATE TABLE t (id integer);
GRANT SELECT (id, ctid) ON t TO app;
