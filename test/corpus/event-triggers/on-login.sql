-- majors: 17+
-- engines: postgres
-- from
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
-- to
CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER hello ON login EXECUTE FUNCTION note();
ALTER EVENT TRIGGER hello DISABLE;
