-- majors: 15+
-- from
CREATE SCHEMA shop;
CREATE SCHEMA gone;
CREATE TABLE shop.a (id integer);
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLES IN SCHEMA shop, gone;
CREATE PUBLICATION mixed FOR TABLE users, TABLES IN SCHEMA shop;
-- rows
INSERT INTO users VALUES (1, 'a', 'a@b', true), (2, 'b', NULL, false);
INSERT INTO posts VALUES (1, 'x');
-- to
CREATE SCHEMA shop;
CREATE SCHEMA fresh;
CREATE TABLE shop.a (id integer);
CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, mail text, active boolean NOT NULL DEFAULT true);
CREATE TABLE posts (id integer PRIMARY KEY, body text);
CREATE PUBLICATION outbox FOR TABLES IN SCHEMA shop, fresh;
CREATE PUBLICATION mixed FOR TABLE posts, TABLES IN SCHEMA fresh;
