-- from
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE DOMAIN size AS integer;
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (e email, s size, p pair);

-- to
CREATE DOMAIN email AS text DEFAULT 'a@b' NOT NULL CONSTRAINT short CHECK (length(VALUE) < 99);
CREATE DOMAIN size AS bigint;
CREATE TYPE pair AS (a bigint, b text, c date);
CREATE TABLE t (e email, s size, p pair);
COMMENT ON TYPE pair IS 'two and a date';
