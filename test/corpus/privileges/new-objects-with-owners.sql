-- roles: app, reader
-- from
SELECT 1;
-- to
CREATE SCHEMA shop AUTHORIZATION app;
CREATE TYPE shop.state AS ENUM ('new', 'done');
CREATE DOMAIN shop.money AS numeric CHECK (VALUE >= 0);
CREATE TYPE shop.place AS (x integer, y integer);
CREATE SEQUENCE shop.numbers;
CREATE TABLE shop.orders (id serial PRIMARY KEY, number integer DEFAULT nextval('shop.numbers'), state shop.state, total shop.money);
CREATE VIEW shop.open_orders AS SELECT * FROM shop.orders WHERE state = 'new';
CREATE MATERIALIZED VIEW shop.totals AS SELECT state, sum(total) AS total FROM shop.orders GROUP BY state;
CREATE FUNCTION shop.double(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE PROCEDURE shop.clear() LANGUAGE sql AS 'DELETE FROM shop.orders';
ALTER TYPE shop.state OWNER TO app;
ALTER DOMAIN shop.money OWNER TO app;
ALTER TYPE shop.place OWNER TO app;
ALTER SEQUENCE shop.numbers OWNER TO app;
ALTER TABLE shop.orders OWNER TO app;
ALTER VIEW shop.open_orders OWNER TO app;
ALTER MATERIALIZED VIEW shop.totals OWNER TO app;
ALTER FUNCTION shop.double(integer) OWNER TO app;
ALTER PROCEDURE shop.clear() OWNER TO app;
GRANT USAGE ON SCHEMA shop TO reader;
GRANT SELECT ON shop.orders, shop.open_orders, shop.totals TO reader;
GRANT USAGE ON SEQUENCE shop.numbers, shop.orders_id_seq TO reader;
REVOKE EXECUTE ON FUNCTION shop.double(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shop.double(integer) TO reader;
REVOKE EXECUTE ON PROCEDURE shop.clear() FROM PUBLIC;
REVOKE USAGE ON TYPE shop.state, shop.place FROM PUBLIC;
GRANT USAGE ON TYPE shop.state TO reader;
GRANT USAGE ON DOMAIN shop.money TO reader WITH GRANT OPTION;
