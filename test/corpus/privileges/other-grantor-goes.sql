-- roles: app, reader, third
-- from
CREATE TABLE t (id integer);
GRANT SELECT ON t TO app WITH GRANT OPTION;
GRANT INSERT ON t TO third;
SET ROLE app;
GRANT SELECT ON t TO reader;
RESET ROLE;
-- to
CREATE TABLE t (id integer);
GRANT INSERT ON t TO third;
GRANT SELECT ON t TO reader;
