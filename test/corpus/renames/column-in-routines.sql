-- renames: t.n:t.amount
-- from
CREATE TABLE t (id integer, n integer);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(n) FROM t; END;
CREATE FUNCTION body() RETURNS bigint LANGUAGE sql AS 'SELECT sum(n) FROM t';
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (id integer, amount integer);
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(amount) FROM t; END;
CREATE FUNCTION body() RETURNS bigint LANGUAGE sql AS 'SELECT sum(amount) FROM t';
