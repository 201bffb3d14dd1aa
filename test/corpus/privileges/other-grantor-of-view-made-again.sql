-- roles: app, Mixed Case, reader
-- from
CREATE SCHEMA s;
GRANT USAGE ON SCHEMA s TO "Mixed Case";
CREATE TABLE s.t (id integer);
CREATE VIEW s.v AS SELECT id FROM s.t;
ALTER VIEW s.v OWNER TO app;
GRANT SELECT ON s.v TO "Mixed Case" WITH GRANT OPTION;
SET ROLE "Mixed Case";
GRANT SELECT ON s.v TO reader;
RESET ROLE;
-- to
CREATE SCHEMA s;
GRANT USAGE ON SCHEMA s TO "Mixed Case";
CREATE TABLE s.t (id bigint);
CREATE VIEW s.v AS SELECT id FROM s.t;
ALTER VIEW s.v OWNER TO app;
GRANT SELECT ON s.v TO "Mixed Case" WITH GRANT OPTION;
SET ROLE "Mixed Case";
GRANT SELECT ON s.v TO reader;
RESET ROLE;
