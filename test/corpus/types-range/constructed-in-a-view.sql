-- from
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TABLE lines (id integer PRIMARY KEY, a integer, b integer, whole span GENERATED ALWAYS AS (span(a, b)) STORED);
CREATE VIEW spans AS SELECT id, span(a, b, '[]') AS span, span_multirange(span(a, b)) AS many FROM lines;
-- rows
INSERT INTO lines VALUES (1, 2, 5);

-- to
CREATE FUNCTION apart(integer, integer) RETURNS double precision IMMUTABLE LANGUAGE sql AS 'SELECT ($1 - $2)::double precision';
CREATE TYPE span AS RANGE (subtype = integer, subtype_diff = apart);
CREATE TABLE lines (id integer PRIMARY KEY, a integer, b integer, whole span GENERATED ALWAYS AS (span(a, b)) STORED);
CREATE VIEW spans AS SELECT id, span(a, b, '[]') AS span, span_multirange(span(a, b)) AS many FROM lines;
-- rows
INSERT INTO lines VALUES (1, 2, 5);
