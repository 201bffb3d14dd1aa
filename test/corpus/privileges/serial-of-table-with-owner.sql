-- roles: app, reader
-- from
CREATE TABLE t (name text);
ALTER TABLE t OWNER TO app;
-- rows
INSERT INTO t VALUES ('a'), ('b');
-- to
CREATE TABLE t (name text, id serial);
ALTER TABLE t OWNER TO app;
GRANT USAGE ON SEQUENCE t_id_seq TO reader;
