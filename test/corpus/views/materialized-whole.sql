-- from
CREATE TABLE sales (id integer PRIMARY KEY, shop integer, amount integer, note text);
CREATE MATERIALIZED VIEW per_shop WITH (fillfactor = 80) AS SELECT shop, sum(amount) AS amount, max(note) AS note FROM sales GROUP BY shop;
CREATE UNIQUE INDEX per_shop_key ON per_shop (shop) WITH (fillfactor = 60);
COMMENT ON INDEX per_shop_key IS 'to refresh concurrently';
CREATE INDEX per_shop_half ON per_shop ((amount / 2));
ALTER INDEX per_shop_half ALTER COLUMN 1 SET STATISTICS 250;
ALTER MATERIALIZED VIEW per_shop CLUSTER ON per_shop_key;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN amount SET STATISTICS 90;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN note SET STORAGE EXTERNAL;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN note SET (n_distinct = 5);
CREATE STATISTICS per_shop_both ON shop, amount FROM per_shop;
COMMENT ON STATISTICS per_shop_both IS 'both';
COMMENT ON MATERIALIZED VIEW per_shop IS 'nightly';
COMMENT ON COLUMN per_shop.amount IS 'in cents';
CREATE MATERIALIZED VIEW not_yet AS SELECT shop, note FROM sales WITH NO DATA;
CREATE INDEX not_yet_shop ON not_yet (shop);
-- rows
INSERT INTO sales VALUES (1, 1, 100, 'x');
REFRESH MATERIALIZED VIEW per_shop;

-- to
CREATE TABLE sales (id integer PRIMARY KEY, shop integer, amount bigint, note varchar(200));
CREATE MATERIALIZED VIEW per_shop WITH (fillfactor = 80) AS SELECT shop, sum(amount) AS amount, max(note) AS note FROM sales GROUP BY shop;
CREATE UNIQUE INDEX per_shop_key ON per_shop (shop) WITH (fillfactor = 60);
COMMENT ON INDEX per_shop_key IS 'to refresh concurrently';
CREATE INDEX per_shop_half ON per_shop ((amount / 2));
ALTER INDEX per_shop_half ALTER COLUMN 1 SET STATISTICS 250;
ALTER MATERIALIZED VIEW per_shop CLUSTER ON per_shop_key;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN amount SET STATISTICS 90;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN note SET STORAGE EXTERNAL;
ALTER MATERIALIZED VIEW per_shop ALTER COLUMN note SET (n_distinct = 5);
CREATE STATISTICS per_shop_both ON shop, amount FROM per_shop;
COMMENT ON STATISTICS per_shop_both IS 'both';
COMMENT ON MATERIALIZED VIEW per_shop IS 'nightly';
COMMENT ON COLUMN per_shop.amount IS 'in cents';
CREATE MATERIALIZED VIEW not_yet AS SELECT shop, note FROM sales WITH NO DATA;
CREATE INDEX not_yet_shop ON not_yet (shop);
-- rows
INSERT INTO sales VALUES (1, 1, 100, 'x');
REFRESH MATERIALIZED VIEW per_shop;
