-- from
CREATE TYPE span AS RANGE (subtype = integer);
CREATE DOMAIN short AS span CHECK (upper(VALUE) - lower(VALUE) < 100);
CREATE TYPE piece AS (name text, place span);
CREATE TABLE parts (id integer PRIMARY KEY, a short, b piece, c piece[]);
-- rows
INSERT INTO parts VALUES (1, '[1,5)', ROW('x', '[1,3)'), ARRAY[ROW('y', '[2,4)')]::piece[]);

-- to
CREATE TYPE span AS RANGE (subtype = bigint);
CREATE DOMAIN short AS span CHECK (upper(VALUE) - lower(VALUE) < 100);
CREATE TYPE piece AS (name text, place span);
CREATE TABLE parts (id integer PRIMARY KEY, a short, b piece, c piece[]);
-- rows
INSERT INTO parts VALUES (1, '[1,5)', ROW('x', '[1,3)'), ARRAY[ROW('y', '[2,4)')]::piece[]);
