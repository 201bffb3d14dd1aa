-- roles: app
-- from
CREATE TABLE t (id integer);
-- to
CREATE TABLE t (id integer);
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO app;
