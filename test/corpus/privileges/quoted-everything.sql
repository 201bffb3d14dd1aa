-- roles: We "Quote" Things, select, TO app
-- from
CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."a.b" ("c ""d""" integer, "E" text);
-- to
CREATE SCHEMA "My Schema" AUTHORIZATION "select";
CREATE TABLE "My Schema"."a.b" ("c ""d""" integer, "E" text);
ALTER TABLE "My Schema"."a.b" OWNER TO "TO app";
GRANT SELECT ON "My Schema"."a.b" TO "We ""Quote"" Things" WITH GRANT OPTION;
GRANT UPDATE ("c ""d""", "E") ON "My Schema"."a.b" TO "select", "We ""Quote"" Things";
