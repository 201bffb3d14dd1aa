-- from
CREATE SCHEMA old;
CREATE TYPE old.kind AS ENUM ('a');
CREATE TABLE old.t (k old.kind);

-- to
CREATE SCHEMA "New One";
CREATE TYPE "New One"."Kind" AS ENUM ('a');
CREATE TABLE "New One"."Table" ("Select" "New One"."Kind", "with ""quotes""" integer PRIMARY KEY);
COMMENT ON SCHEMA "New One" IS 'quoted';
