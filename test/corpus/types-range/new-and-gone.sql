-- from
CREATE TYPE price_range AS RANGE (subtype = numeric);
COMMENT ON TYPE price_range IS 'from the cheapest to the dearest';
CREATE TABLE offers (id integer PRIMARY KEY, price numeric);
-- rows
INSERT INTO offers VALUES (1, 9.50);

-- to
CREATE TABLE offers (id integer PRIMARY KEY, price numeric);
