-- roles: app
-- from
CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO app;
-- to
CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO app;
REVOKE DELETE, TRUNCATE ON t FROM app;
