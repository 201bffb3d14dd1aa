-- from
CREATE TABLE orders (id integer PRIMARY KEY, country varchar(2), currency varchar(3), amount integer);
CREATE STATISTICS money (dependencies, ndistinct) ON country, currency FROM orders;
ALTER STATISTICS money SET STATISTICS 300;
COMMENT ON STATISTICS money IS 'one country has one currency';
CREATE STATISTICS computed ON (amount / 100), country FROM orders;
ALTER STATISTICS computed SET STATISTICS 7;
-- rows
INSERT INTO orders VALUES (1, 'DE', 'EUR', 990);

-- to
CREATE TABLE orders (id integer PRIMARY KEY, country text, currency varchar(3), amount bigint);
CREATE STATISTICS money (dependencies, ndistinct) ON country, currency FROM orders;
ALTER STATISTICS money SET STATISTICS 300;
COMMENT ON STATISTICS money IS 'one country has one currency';
CREATE STATISTICS computed ON (amount / 100), country FROM orders;
ALTER STATISTICS computed SET STATISTICS 7;
-- rows
INSERT INTO orders VALUES (1, 'DE', 'EUR', 990);
