-- renames: "Old Shop":shop, "Old Shop".items:shop.goods, "Old Shop".items.price:shop.goods.cost
-- from
CREATE SCHEMA "Old Shop"; CREATE TABLE "Old Shop".items (id integer PRIMARY KEY, price integer); CREATE VIEW dear AS SELECT id FROM "Old Shop".items WHERE price > 9;
-- rows
INSERT INTO "Old Shop".items VALUES (1, 10);
-- to
CREATE SCHEMA shop; CREATE TABLE shop.goods (id integer PRIMARY KEY, cost bigint); CREATE VIEW dear AS SELECT id FROM shop.goods WHERE cost > 9;
