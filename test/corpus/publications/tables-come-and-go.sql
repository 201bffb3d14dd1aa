-- from
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE TABLE gone (id integer);
CREATE PUBLICATION outbox FOR TABLE users, gone;
COMMENT ON PUBLICATION outbox IS 'old';
-- rows
INSERT INTO users VALUES (1, 'a', 'a@b', true), (2, 'b', NULL, false);
INSERT INTO posts VALUES (1, 'x');
INSERT INTO gone VALUES (1);
-- to
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE TABLE fresh (id integer);
CREATE PUBLICATION outbox FOR TABLE posts, fresh;
