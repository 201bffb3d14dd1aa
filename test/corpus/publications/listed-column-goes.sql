-- majors: 15+
-- from
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLE users (id, mail) WHERE (mail <> '');
-- rows
INSERT INTO users VALUES (1, 'a', 'a@b', true), (2, 'b', NULL, false);
INSERT INTO posts VALUES (1, 'x');
-- to
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLE users (id, name) WHERE (id > 0);
