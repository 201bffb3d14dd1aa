-- majors: 15+
-- from
CREATE SCHEMA "My.Schema";
CREATE TABLE "My.Schema"."A table (x)" ("a b" integer PRIMARY KEY, "c""d" text);
CREATE PUBLICATION "p.q" FOR TABLE "My.Schema"."A table (x)" ("a b");
-- rows
INSERT INTO "My.Schema"."A table (x)" VALUES (1, 'x');
-- to
CREATE SCHEMA "My.Schema";
CREATE TABLE "My.Schema"."A table (x)" ("a b" bigint PRIMARY KEY, "c""d" text);
CREATE PUBLICATION "p.q" FOR TABLE "My.Schema"."A table (x)" ("a b", "c""d") WHERE ("c""d" <> '(');
