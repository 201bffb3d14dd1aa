-- engines: sqlite
-- from
CREATE TABLE "größe" (id INTEGER PRIMARY KEY, "naïve" TEXT); CREATE VIEW "видеть" AS SELECT "naïve" FROM "größe";
-- rows
INSERT INTO "größe" VALUES (1, 'ü');
-- to
CREATE TABLE "größe" (id INTEGER PRIMARY KEY, "naïve" TEXT UNIQUE, "a_very_long_name_of_a_column_that_is_longer_than_sixty_three_characters_in_all" INT); CREATE VIEW "видеть" AS SELECT "naïve" FROM "größe";
-- rows
INSERT INTO "größe" VALUES (2, 'ö', 4);
