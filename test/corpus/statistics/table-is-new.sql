-- from
CREATE TABLE old (id integer PRIMARY KEY, a integer, b integer);
CREATE STATISTICS pairs ON a, b FROM old;

-- to
CREATE TABLE fresh (id integer PRIMARY KEY, a integer, b integer, "C d" text);
CREATE STATISTICS pairs ON a, b FROM fresh;
CREATE STATISTICS named (ndistinct, dependencies) ON "C d", (a + b) FROM fresh;
ALTER STATISTICS named SET STATISTICS 0;
COMMENT ON STATISTICS named IS 'never gathered';
