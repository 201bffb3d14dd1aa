-- from
CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."Span of Time" AS RANGE (subtype = smallint, subtype_opclass = int2_ops);
CREATE TABLE "My Schema"."T" ("Id" integer PRIMARY KEY, "At" "My Schema"."Span of Time");
-- rows
INSERT INTO "My Schema"."T" VALUES (1, '[1,5)');

-- to
CREATE SCHEMA "My Schema";
CREATE TYPE "My Schema"."Span of Time" AS RANGE (subtype = integer, multirange_type_name = "Many Spans");
CREATE TABLE "My Schema"."T" ("Id" integer PRIMARY KEY, "At" "My Schema"."Span of Time");
