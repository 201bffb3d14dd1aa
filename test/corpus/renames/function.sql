-- from
CREATE FUNCTION slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE posts (id integer, title text, s text DEFAULT slug('X'), CHECK (slug(title) <> ''));
CREATE INDEX by_slug ON posts (slug(title));
CREATE VIEW slugs AS SELECT slug(title) AS s FROM posts;
-- rows
INSERT INTO posts VALUES (1, 'A');
-- to
CREATE FUNCTION to_slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE posts (id integer, title text, s text DEFAULT to_slug('X'), CHECK (to_slug(title) <> ''));
CREATE INDEX by_slug ON posts (to_slug(title));
CREATE VIEW slugs AS SELECT to_slug(title) AS s FROM posts;
-- rows
INSERT INTO posts VALUES (1, 'A');
