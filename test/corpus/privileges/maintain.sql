-- majors: 17+
-- roles: app, reader
-- from
CREATE TABLE t (id integer);
GRANT MAINTAIN ON t TO app;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON t TO reader;
-- to
CREATE TABLE t (id integer);
GRANT SELECT, MAINTAIN ON t TO app;
GRANT ALL ON t TO reader;
