-- from
CREATE TABLE t (id integer PRIMARY KEY, n integer);
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TABLE spans (id integer PRIMARY KEY, span span);
-- rows
INSERT INTO spans VALUES (1, '[1,5)');

-- to
CREATE TABLE t (id integer PRIMARY KEY, n integer);
CREATE TYPE span;
CREATE FUNCTION canonical_span(span) RETURNS span IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';
COMMENT ON FUNCTION canonical_span(span) IS 'with its lower end, without its upper one';
CREATE TYPE span AS RANGE (subtype = integer, canonical = canonical_span);
COMMENT ON TYPE span IS 'whole numbers';
CREATE TABLE spans (id integer PRIMARY KEY, span span);
-- rows
INSERT INTO spans VALUES (1, '[1,5)');
