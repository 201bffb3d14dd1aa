-- from
CREATE TABLE nothing ();
-- rows
INSERT INTO nothing DEFAULT VALUES;
-- to
CREATE TABLE nothing ("Mixed Case" integer DEFAULT 1, "select" text, "a.b" text, "quo""te" text); CREATE INDEX "Odd Index" ON nothing ("quo""te", "a.b"); COMMENT ON COLUMN nothing."a.b" IS 'it''s';
-- rows
INSERT INTO nothing DEFAULT VALUES;
