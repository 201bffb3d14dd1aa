-- from
CREATE FUNCTION share(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2';
CREATE FUNCTION add(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE half(integer) (SFUNC = add, STYPE = bigint, INITCOND = '0', FINALFUNC = share);
COMMENT ON AGGREGATE half(integer) IS 'half of all';
CREATE TABLE stock (id integer PRIMARY KEY, amount integer);
CREATE VIEW halves AS SELECT half(amount) AS half FROM stock;
COMMENT ON VIEW halves IS 'kept';
CREATE VIEW twice AS SELECT half * 2 AS twice FROM halves;
-- rows
INSERT INTO stock VALUES (1, 10), (2, 11);

-- to
CREATE FUNCTION share(bigint) RETURNS numeric IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2.0';
CREATE FUNCTION add(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE half(integer) (SFUNC = add, STYPE = bigint, INITCOND = '0', FINALFUNC = share);
COMMENT ON AGGREGATE half(integer) IS 'half of all';
CREATE TABLE stock (id integer PRIMARY KEY, amount integer);
CREATE VIEW halves AS SELECT half(amount) AS half FROM stock;
COMMENT ON VIEW halves IS 'kept';
CREATE VIEW twice AS SELECT half * 2 AS twice FROM halves;
-- rows
INSERT INTO stock VALUES (1, 10), (2, 11);
