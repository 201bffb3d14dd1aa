-- from
CREATE TABLE orders (id integer PRIMARY KEY, amount integer, state text);
CREATE FUNCTION total() RETURNS bigint STABLE LANGUAGE sql BEGIN ATOMIC SELECT sum(amount) FROM orders WHERE state = 'paid'; END;
COMMENT ON FUNCTION total() IS 'of paid orders';
CREATE FUNCTION twice() RETURNS bigint STABLE LANGUAGE sql RETURN total() * 2;
CREATE VIEW totals AS SELECT total() AS total, twice() AS twice;
CREATE PROCEDURE pay(wanted integer) LANGUAGE sql BEGIN ATOMIC UPDATE orders SET state = 'paid' WHERE id = wanted; END;
-- rows
INSERT INTO orders VALUES (1, 10, 'paid');

-- to
CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric, state varchar(20));
CREATE FUNCTION total() RETURNS numeric STABLE LANGUAGE sql BEGIN ATOMIC SELECT sum(amount) FROM orders WHERE state = 'paid'; END;
COMMENT ON FUNCTION total() IS 'of paid orders';
CREATE FUNCTION twice() RETURNS numeric STABLE LANGUAGE sql RETURN total() * 2;
CREATE VIEW totals AS SELECT total() AS total, twice() AS twice;
CREATE PROCEDURE pay(wanted integer) LANGUAGE sql BEGIN ATOMIC UPDATE orders SET state = 'paid' WHERE id = wanted; END;
-- rows
INSERT INTO orders VALUES (1, 10, 'paid');
