-- roles: app, reader, Auditor
-- from
CREATE TABLE notes (id integer PRIMARY KEY, body text);
GRANT SELECT, INSERT ON notes TO app;
GRANT SELECT ON notes TO PUBLIC;
-- rows
INSERT INTO notes VALUES (1, 'kept');
-- to
CREATE TABLE notes (id integer PRIMARY KEY, body text);
GRANT SELECT, UPDATE ON notes TO app;
GRANT ALL ON notes TO reader;
GRANT SELECT ON notes TO "Auditor" WITH GRANT OPTION;
