-- renames: public.users:app.people
-- from
CREATE SCHEMA app;
CREATE TABLE users (id serial PRIMARY KEY, mail text);
CREATE TABLE app.users (other integer);
CREATE FUNCTION names() RETURNS SETOF text LANGUAGE sql AS 'SELECT mail FROM public.users';
-- rows
INSERT INTO users (mail) VALUES ('a'), ('b'); INSERT INTO app.users VALUES (5);
-- to
CREATE SCHEMA app;
CREATE TABLE app.people (id serial PRIMARY KEY, mail text);
CREATE TABLE app.users (other integer);
CREATE FUNCTION names() RETURNS SETOF text LANGUAGE sql AS 'SELECT mail FROM app.people';
-- rows
INSERT INTO app.people (mail) VALUES ('a'), ('b');
