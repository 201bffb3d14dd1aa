-- majors: 15+
-- renames: users.name:users.title
-- from
CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE PUBLICATION outbox FOR TABLE users (id, name) WHERE (name <> '');
-- rows
INSERT INTO users VALUES (1, 'a');
-- to
CREATE TABLE users (id integer PRIMARY KEY, title text);
CREATE PUBLICATION outbox FOR TABLE users (id, title) WHERE (title <> '');
