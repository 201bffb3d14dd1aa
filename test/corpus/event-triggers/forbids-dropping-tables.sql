-- from
CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no table is dropped here''; END';
CREATE TABLE gone (id integer);
CREATE TABLE t (id integer);
CREATE EVENT TRIGGER guard ON ddl_command_start WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION forbid();
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer, n text);
