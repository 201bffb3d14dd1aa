-- renames: public.users:app.users
-- from
CREATE SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY, mail text);
CREATE INDEX users_mail ON users (mail);
CREATE TABLE posts (author integer REFERENCES users (id));
-- rows
INSERT INTO users (mail) VALUES ('a'), ('b'); INSERT INTO posts VALUES (1);
-- to
CREATE SCHEMA app;
CREATE TABLE app.users (id serial PRIMARY KEY, mail text);
CREATE INDEX users_mail ON app.users (mail);
CREATE TABLE posts (author integer REFERENCES app.users (id));
-- rows
INSERT INTO app.users (mail) VALUES ('c');
