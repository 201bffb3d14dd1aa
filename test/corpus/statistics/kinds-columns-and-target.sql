-- from
CREATE TABLE addresses (id integer PRIMARY KEY, city text, zip text, street text);
CREATE STATISTICS city_zip ON city, zip FROM addresses;
CREATE STATISTICS all_three (ndistinct, mcv) ON city, zip, street FROM addresses;
COMMENT ON STATISTICS all_three IS 'for the report';
CREATE STATISTICS aimed (dependencies) ON city, street FROM addresses;
CREATE STATISTICS gone ON zip, street FROM addresses;
-- rows
INSERT INTO addresses VALUES (1, 'Bonn', '53111', 'Markt');

-- to
CREATE TABLE addresses (id integer PRIMARY KEY, city text, zip text, street text);
CREATE STATISTICS city_zip (dependencies) ON city, zip FROM addresses;
CREATE STATISTICS all_three (ndistinct, mcv) ON city, zip FROM addresses;
COMMENT ON STATISTICS all_three IS 'for the report';
CREATE STATISTICS aimed (dependencies) ON city, street FROM addresses;
ALTER STATISTICS aimed SET STATISTICS 500;
COMMENT ON STATISTICS aimed IS 'more rows';
-- rows
INSERT INTO addresses VALUES (1, 'Bonn', '53111', 'Markt');
