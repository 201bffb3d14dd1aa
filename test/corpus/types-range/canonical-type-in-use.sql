-- from
CREATE TYPE span;
CREATE FUNCTION canonical_span(span) RETURNS span IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';
CREATE TYPE span AS RANGE (subtype = integer, canonical = canonical_span);
CREATE TABLE spans (id integer PRIMARY KEY, span span, more span_multirange);
-- rows
INSERT INTO spans VALUES (1, '[1,5)', '{[1,2)}');

-- to
CREATE SCHEMA other;
CREATE FUNCTION apart(integer, integer) RETURNS double precision IMMUTABLE LANGUAGE sql AS 'SELECT ($1 - $2)::double precision';
CREATE TYPE span;
CREATE FUNCTION other.canonical(span) RETURNS span IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';
CREATE TYPE span AS RANGE (subtype = integer, canonical = other.canonical, subtype_diff = apart);
CREATE TABLE spans (id integer PRIMARY KEY, span span, more span_multirange);
-- rows
INSERT INTO spans VALUES (1, '[1,5)', '{[1,2)}');
