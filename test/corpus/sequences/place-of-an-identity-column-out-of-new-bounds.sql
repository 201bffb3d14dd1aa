-- obstacle: to, because numbers that public."My T".no has reached beyond its new bounds
-- from
CREATE TABLE "My T" (id integer, no integer GENERATED ALWAYS AS IDENTITY);
-- rows
INSERT INTO "My T" (id) SELECT n FROM generate_series(1, 12) n;
-- to
CREATE TABLE "My T" (id integer, no integer GENERATED ALWAYS AS IDENTITY (MAXVALUE 10));
-- rows
INSERT INTO "My T" (id) VALUES (1);
