-- from
CREATE TABLE t (id integer);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE TABLE t (id integer, n text);
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION note();
ALTER EVENT TRIGGER watch ENABLE ALWAYS;
COMMENT ON EVENT TRIGGER watch IS 'for the log';
CREATE EVENT TRIGGER "On Drop" ON sql_drop EXECUTE FUNCTION note();
