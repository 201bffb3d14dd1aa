-- from
CREATE FUNCTION price(id integer) RETURNS numeric STABLE LANGUAGE sql AS 'SELECT 1.0';
CREATE TABLE lines (id integer PRIMARY KEY, item integer, price numeric DEFAULT price(1));
CREATE VIEW prices AS SELECT id, price(item) AS price FROM lines;
CREATE VIEW sums AS SELECT sum(price) AS sum FROM prices;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER note AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION noted();
-- rows
INSERT INTO lines VALUES (1, 2);

-- to
CREATE SCHEMA shop;
CREATE FUNCTION shop.price(id bigint, currency text DEFAULT 'EUR') RETURNS numeric STABLE LANGUAGE sql AS 'SELECT 1.0';
CREATE TABLE lines (id integer PRIMARY KEY, item integer, price numeric DEFAULT shop.price(1));
CREATE VIEW prices AS SELECT id, shop.price(item) AS price FROM lines;
CREATE VIEW sums AS SELECT sum(price) AS sum FROM prices;
CREATE FUNCTION shop.noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER note AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION shop.noted();
-- rows
INSERT INTO lines VALUES (1, 2);
