-- engines: postgres
-- from
CREATE EXTENSION postgres_fdw;
CREATE SERVER shop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'shop.example', dbname 'shop');
CREATE USER MAPPING FOR PUBLIC SERVER shop OPTIONS (user 'reader');
CREATE FOREIGN TABLE orders (id bigint NOT NULL, total numeric) SERVER shop OPTIONS (schema_name 'public', table_name 'orders');
-- to
CREATE EXTENSION postgres_fdw;
CREATE SCHEMA shop;
CREATE SERVER shop FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'shop.example', dbname 'shop', fetch_size '1000');
CREATE USER MAPPING FOR PUBLIC SERVER shop OPTIONS (user 'reader2');
CREATE FOREIGN TABLE shop.orders (id bigint NOT NULL, total numeric OPTIONS (column_name 'sum')) SERVER shop OPTIONS (table_name 'orders');
CREATE VIEW big_orders AS SELECT * FROM shop.orders WHERE total > 1000;
