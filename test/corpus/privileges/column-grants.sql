-- roles: app, reader
-- from
CREATE TABLE people (id integer, mail text, note text);
GRANT SELECT (id, mail), UPDATE (note) ON people TO app;
GRANT SELECT (id) ON people TO PUBLIC;
-- rows
INSERT INTO people VALUES (1, 'a@b', 'n');
-- to
CREATE TABLE people (id integer, mail text, note text, phone text);
GRANT SELECT (id, phone), UPDATE (note, phone) ON people TO app;
GRANT ALL (mail) ON people TO reader;
GRANT SELECT (mail) ON people TO app WITH GRANT OPTION;
