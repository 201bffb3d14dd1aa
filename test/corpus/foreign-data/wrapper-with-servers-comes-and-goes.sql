-- from
CREATE TABLE kept (id integer);
-- rows
INSERT INTO kept VALUES (1), (2);
-- to
CREATE TABLE kept (id integer);
CREATE FOREIGN DATA WRAPPER "Old Stuff" OPTIONS ("select" '1');
CREATE SERVER "the.archive" TYPE 'cold' VERSION '1.2' FOREIGN DATA WRAPPER "Old Stuff" OPTIONS (host 'a', port '5432');
CREATE USER MAPPING FOR PUBLIC SERVER "the.archive" OPTIONS (user 'reader');
CREATE FOREIGN TABLE "Old Books" (id integer NOT NULL, title text) SERVER "the.archive" OPTIONS (path '/x');
COMMENT ON SERVER "the.archive" IS 'read only';
COMMENT ON FOREIGN TABLE "Old Books" IS 'older than ten years';
COMMENT ON COLUMN "Old Books".title IS 'as printed';
