-- from
CREATE FUNCTION more(integer, integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE sum_of(integer) (SFUNC = more, STYPE = integer);
CREATE FUNCTION summed() RETURNS integer STABLE LANGUAGE sql RETURN (SELECT sum_of(n) FROM generate_series(1, 3) AS n);
CREATE VIEW sums AS SELECT summed() AS sum;

-- to
CREATE FUNCTION more(state integer, value integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT state + value';
CREATE AGGREGATE sum_of(integer) (SFUNC = more, STYPE = integer, INITCOND = '0');
CREATE FUNCTION summed() RETURNS integer STABLE LANGUAGE sql RETURN (SELECT sum_of(n) FROM generate_series(1, 3) AS n);
CREATE VIEW sums AS SELECT summed() AS sum;
