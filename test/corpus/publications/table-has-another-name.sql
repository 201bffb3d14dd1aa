-- majors: 15+
-- renames: users:people
-- from
CREATE TABLE users (id integer PRIMARY KEY, name text, mail text);
CREATE PUBLICATION outbox FOR TABLE users (id, name) WHERE (id > 1);
-- rows
INSERT INTO users VALUES (1, 'a', 'a@b');
-- to
CREATE TABLE people (id integer PRIMARY KEY, name text, mail text);
CREATE PUBLICATION outbox FOR TABLE people (id, name, mail) WHERE (id > 1);
