-- roles: app, reader
-- from
CREATE TABLE t (id serial);
ALTER TABLE t OWNER TO app;
GRANT USAGE ON SEQUENCE t_id_seq TO reader;
-- to
CREATE TABLE t (id integer NOT NULL);
CREATE SEQUENCE t_id_seq AS integer;
ALTER TABLE t OWNER TO app;
ALTER SEQUENCE t_id_seq OWNER TO reader;
