-- majors: 14-17
-- roles: app, reader
-- renames: users:people
-- from
CREATE TABLE users (id serial PRIMARY KEY, mail text);
ALTER TABLE users OWNER TO app;
GRANT SELECT ON users TO reader;
GRANT UPDATE (mail) ON users TO reader;
-- rows
INSERT INTO users (mail) VALUES ('a');
-- to
CREATE TABLE people (id integer PRIMARY KEY DEFAULT 0, mail text);
CREATE SEQUENCE users_id_seq AS integer OWNED BY people.id;
ALTER TABLE people ALTER COLUMN id SET DEFAULT nextval('users_id_seq'), ALTER COLUMN id SET NOT NULL;
ALTER TABLE people OWNER TO app;
GRANT SELECT, INSERT ON people TO reader;
GRANT UPDATE (mail) ON people TO reader;
