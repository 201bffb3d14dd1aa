-- roles: app, reader, third
-- from
CREATE TABLE t (id integer, name text);
GRANT SELECT, UPDATE ON t TO app WITH GRANT OPTION;
SET ROLE app;
GRANT SELECT ON t TO reader;
RESET ROLE;
-- to
CREATE TABLE t (id integer, name text);
GRANT SELECT, UPDATE ON t TO app WITH GRANT OPTION;
SET ROLE app;
GRANT SELECT ON t TO reader WITH GRANT OPTION;
SET ROLE reader;
GRANT SELECT ON t TO third;
RESET ROLE;
