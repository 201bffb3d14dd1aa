-- from
CREATE SCHEMA "Sums";
CREATE AGGREGATE "Sums"."Total"("value" integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE "Sums"."Total"(bigint) (SFUNC = int8pl, STYPE = bigint);
CREATE AGGREGATE rows(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE FUNCTION becomes(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';

-- to
CREATE SCHEMA "Sums";
CREATE AGGREGATE "Sums"."Total"("amount" integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE "Sums"."Total"(numeric) (SFUNC = numeric_add, STYPE = numeric);
CREATE AGGREGATE rows(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '1');
COMMENT ON AGGREGATE rows(*) IS 'one too many';
CREATE AGGREGATE becomes(integer) (SFUNC = int4pl, STYPE = integer);
