-- from
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE t (n integer);
CREATE VIEW v AS SELECT total(n) AS s FROM t;
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE AGGREGATE add_up(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE TABLE t (n integer);
CREATE VIEW v AS SELECT add_up(n) AS s FROM t;
