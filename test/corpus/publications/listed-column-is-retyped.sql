-- majors: 15+
-- from
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLE users (id, name) WHERE (id > 1 AND mail IS NOT NULL), posts;
CREATE PUBLICATION other FOR TABLE users (id);
-- rows
INSERT INTO users VALUES (1, 'a', 'a@b', true), (2, 'b', NULL, false);
INSERT INTO posts VALUES (1, 'x');
-- to
CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20) NOT NULL, mail varchar(50), active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLE users (id, name) WHERE (id > 1 AND mail IS NOT NULL), posts;
CREATE PUBLICATION other FOR TABLE users (id);
