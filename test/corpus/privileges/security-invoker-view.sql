-- majors: 15+
-- roles: app, reader
-- from
CREATE TABLE t (id integer, name text);
GRANT SELECT ON t TO app;
CREATE VIEW v WITH (security_invoker = true) AS SELECT id FROM t;
ALTER VIEW v OWNER TO app;
GRANT SELECT ON v TO reader;
-- to
CREATE TABLE t (id integer, name text);
GRANT SELECT ON t TO app;
CREATE VIEW v WITH (security_invoker = true) AS SELECT name, id FROM t;
ALTER VIEW v OWNER TO app;
GRANT SELECT ON v TO reader;
