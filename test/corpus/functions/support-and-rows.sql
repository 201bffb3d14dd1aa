-- majors: 15+
-- from
CREATE FUNCTION starts(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION numbers(integer) RETURNS SETOF integer IMMUTABLE ROWS 10 LANGUAGE sql AS 'SELECT $1';
CREATE VIEW used AS SELECT starts('a', 'b') AS starts;

-- to
CREATE FUNCTION starts(text, text) RETURNS boolean IMMUTABLE SUPPORT text_starts_with_support LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION numbers(integer) RETURNS SETOF integer IMMUTABLE ROWS 1000 COST 7 LANGUAGE sql AS 'SELECT $1';
CREATE VIEW used AS SELECT starts('a', 'b') AS starts;
