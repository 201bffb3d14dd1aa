-- from
CREATE SCHEMA tools;
CREATE EXTENSION pg_trgm SCHEMA tools;
CREATE TABLE tools.words (id integer PRIMARY KEY, word text);
-- rows
INSERT INTO tools.words VALUES (1, 'a');

-- to
CREATE SCHEMA tools;
CREATE EXTENSION pg_trgm SCHEMA tools;
COMMENT ON EXTENSION pg_trgm IS 'likeness';
CREATE TABLE tools.words (id integer PRIMARY KEY, word text);
CREATE FUNCTION tools.like_it(word text) RETURNS real IMMUTABLE LANGUAGE sql RETURN tools.similarity(word, 'it');
CREATE INDEX words_near ON tools.words USING gin (word tools.gin_trgm_ops);
-- rows
INSERT INTO tools.words VALUES (1, 'a');
