-- from
CREATE TABLE films (id integer PRIMARY KEY, actor text, title text);
-- rows
INSERT INTO films VALUES (1, 'Ann', 'One'), (2, 'Ann', 'Two');

-- to
CREATE TABLE films (id integer PRIMARY KEY, actor text, title text);
CREATE FUNCTION _group_concat(text, text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 WHEN $1 IS NULL THEN $2 ELSE $1 || ', ' || $2 END $$;
CREATE AGGREGATE group_concat(text) (SFUNC = _group_concat, STYPE = text);
COMMENT ON AGGREGATE group_concat(text) IS 'all of them with commas';
CREATE VIEW actors AS SELECT actor, group_concat(title) AS titles FROM films GROUP BY actor;
CREATE MATERIALIZED VIEW counted AS SELECT actor, group_concat(DISTINCT title) AS titles FROM films GROUP BY actor;
