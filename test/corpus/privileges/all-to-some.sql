-- roles: app
-- from
CREATE TABLE t (id integer);
GRANT ALL ON t TO app;
-- to
CREATE TABLE t (id integer);
GRANT SELECT, DELETE ON t TO app;
