-- roles: app, reader
-- from
CREATE SEQUENCE numbers;
GRANT USAGE ON SEQUENCE numbers TO app;
-- to
CREATE SEQUENCE numbers;
GRANT ALL ON SEQUENCE numbers TO app;
GRANT SELECT ON SEQUENCE numbers TO reader;
