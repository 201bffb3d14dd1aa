-- roles: app, reader
-- from
CREATE TABLE t (id integer, name text);
CREATE VIEW v WITH (security_barrier) AS SELECT id, name FROM t;
CREATE VIEW on_v AS SELECT id FROM v;
ALTER VIEW v OWNER TO app;
GRANT SELECT ON v TO reader;
GRANT SELECT (id) ON on_v TO reader;
GRANT UPDATE (name) ON v TO reader;
COMMENT ON VIEW v IS 'kept';
-- to
CREATE TABLE t (id bigint, name text);
CREATE VIEW v WITH (security_barrier) AS SELECT id, name FROM t;
CREATE VIEW on_v AS SELECT id FROM v;
ALTER VIEW v OWNER TO app;
GRANT SELECT ON v TO reader;
GRANT SELECT (id) ON on_v TO reader;
GRANT UPDATE (name) ON v TO reader;
COMMENT ON VIEW v IS 'kept';
