-- renames: "My Users":"order", "My Users"."e.mail":"order"."E-Mail"
-- from
CREATE TABLE "My Users" ("Id" serial PRIMARY KEY, "e.mail" text, "select" integer);
CREATE INDEX "My Index" ON "My Users" ("e.mail");
CREATE VIEW "All:Users" AS SELECT "Id", "e.mail" FROM "My Users";
-- rows
INSERT INTO "My Users" ("e.mail", "select") VALUES ('a', 1);
-- to
CREATE TABLE "order" ("Id" serial PRIMARY KEY, "E-Mail" text, "select" integer);
CREATE INDEX "My Index" ON "order" ("E-Mail");
CREATE VIEW "All:Users" AS SELECT "Id", "E-Mail" AS "e.mail" FROM "order";
