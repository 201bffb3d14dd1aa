-- roles: app, reader, Other Role
-- from
CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO app;
GRANT SELECT ON t TO reader;
GRANT INSERT ON t TO "Other Role";
-- rows
INSERT INTO t VALUES (7);
-- to
CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO "Other Role";
GRANT SELECT ON t TO reader;
GRANT UPDATE ON t TO app;
