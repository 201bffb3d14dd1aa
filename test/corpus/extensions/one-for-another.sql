-- from
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id integer PRIMARY KEY, room integer, during tsrange, CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&));
-- rows
INSERT INTO rooms VALUES (1, 1, '[2024-01-01,2024-01-02)');

-- to
CREATE EXTENSION pg_trgm;
CREATE TABLE rooms (id integer PRIMARY KEY, room integer, during tsrange);
CREATE FUNCTION near(a text, b text) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN a % b;
-- rows
INSERT INTO rooms VALUES (1, 1, '[2024-01-01,2024-01-02)');
