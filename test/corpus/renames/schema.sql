-- renames: app:core
-- from
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN app.mail AS text CHECK (VALUE LIKE '%@%');
CREATE FUNCTION app.low(m app.mail) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(m::text)';
CREATE TABLE app.users (id serial PRIMARY KEY, m app.mail, mood app.mood DEFAULT 'ok');
CREATE INDEX users_low ON app.users (app.low(m));
CREATE TABLE posts (author integer REFERENCES app.users (id));
CREATE VIEW app.sad AS SELECT id FROM app.users WHERE mood = 'sad'::app.mood;
CREATE VIEW seen AS SELECT id FROM app.sad;
CREATE SEQUENCE app.free;
-- rows
INSERT INTO app.users (m, mood) VALUES ('a@b', 'sad'); INSERT INTO posts VALUES (1); SELECT nextval('app.free');
-- to
CREATE SCHEMA core;
CREATE TYPE core.mood AS ENUM ('sad', 'ok');
CREATE DOMAIN core.mail AS text CHECK (VALUE LIKE '%@%');
CREATE FUNCTION core.low(m core.mail) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(m::text)';
CREATE TABLE core.users (id serial PRIMARY KEY, m core.mail, mood core.mood DEFAULT 'ok');
CREATE INDEX users_low ON core.users (core.low(m));
CREATE TABLE posts (author integer REFERENCES core.users (id));
CREATE VIEW core.sad AS SELECT id FROM core.users WHERE mood = 'sad'::core.mood;
CREATE VIEW seen AS SELECT id FROM core.sad;
CREATE SEQUENCE core.free;
-- rows
INSERT INTO core.users (m) VALUES ('a@b');
