-- from
CREATE TYPE slot AS RANGE (subtype = integer);
CREATE TABLE bookings (id integer PRIMARY KEY, at slot NOT NULL, CONSTRAINT bookings_apart EXCLUDE USING gist (at WITH &&));
COMMENT ON CONSTRAINT bookings_apart ON bookings IS 'one at a time';
CREATE FUNCTION is_free(wanted slot) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT NOT EXISTS (SELECT FROM bookings WHERE at && wanted)';
-- rows
INSERT INTO bookings VALUES (1, '[10,11)'), (2, '[11,12)');

-- to
CREATE TYPE slot AS RANGE (subtype = bigint);
CREATE TABLE bookings (id integer PRIMARY KEY, at slot NOT NULL, CONSTRAINT bookings_apart EXCLUDE USING gist (at WITH &&));
COMMENT ON CONSTRAINT bookings_apart ON bookings IS 'one at a time';
CREATE FUNCTION is_free(wanted slot) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT NOT EXISTS (SELECT FROM bookings WHERE at && wanted)';
