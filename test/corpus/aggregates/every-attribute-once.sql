-- from
CREATE FUNCTION add(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION take(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 - $2';
CREATE FUNCTION halve(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2';
CREATE AGGREGATE state_type(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE initial(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE state_size(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE final(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE modifies(integer) (SFUNC = add, STYPE = bigint, FINALFUNC = halve);
CREATE AGGREGATE combined(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE moving(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE least_of(integer) (SFUNC = int4smaller, STYPE = integer);
CREATE AGGREGATE everywhere(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE explained(integer) (SFUNC = add, STYPE = bigint);
COMMENT ON AGGREGATE explained(integer) IS 'before';

-- to
CREATE FUNCTION add(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 + $2';
CREATE FUNCTION take(bigint, integer) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 - $2';
CREATE FUNCTION halve(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1 / 2';
CREATE AGGREGATE state_type(integer) (SFUNC = add, STYPE = bigint);
CREATE AGGREGATE initial(integer) (SFUNC = add, STYPE = bigint, INITCOND = '100');
CREATE AGGREGATE state_size(integer) (SFUNC = add, STYPE = bigint, SSPACE = 64);
CREATE AGGREGATE final(integer) (SFUNC = add, STYPE = bigint, FINALFUNC = halve);
CREATE AGGREGATE modifies(integer) (SFUNC = add, STYPE = bigint, FINALFUNC = halve, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE combined(integer) (SFUNC = add, STYPE = bigint, COMBINEFUNC = int8pl);
CREATE AGGREGATE moving(integer) (SFUNC = add, STYPE = bigint, MSFUNC = add, MINVFUNC = take, MSTYPE = bigint, MSSPACE = 32, MINITCOND = '1', MFINALFUNC = halve, MFINALFUNC_MODIFY = READ_WRITE, FINALFUNC = halve);
CREATE AGGREGATE least_of(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);
CREATE AGGREGATE everywhere(integer) (SFUNC = add, STYPE = bigint, PARALLEL = SAFE);
CREATE AGGREGATE explained(integer) (SFUNC = add, STYPE = bigint);
COMMENT ON AGGREGATE explained(integer) IS 'after, and it''s quoted';
