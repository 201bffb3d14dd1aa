-- roles: app, reader
-- from
CREATE SCHEMA shop;
GRANT USAGE ON SCHEMA shop TO app WITH GRANT OPTION;
-- to
CREATE SCHEMA shop;
GRANT ALL ON SCHEMA shop TO app;
GRANT USAGE ON SCHEMA shop TO reader, PUBLIC;
