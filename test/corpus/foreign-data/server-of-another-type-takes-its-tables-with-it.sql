-- from
CREATE FOREIGN DATA WRAPPER archive;

CREATE SERVER s TYPE 'cold' FOREIGN DATA WRAPPER archive OPTIONS (host 'a');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'a');
CREATE TABLE live (id integer PRIMARY KEY, title text);
CREATE FOREIGN TABLE f (id integer OPTIONS (key 'true') NOT NULL, title text DEFAULT 'none', CONSTRAINT positive CHECK (id > 0)) SERVER s OPTIONS (path 'x');
COMMENT ON FOREIGN TABLE f IS 'cold';
COMMENT ON CONSTRAINT positive ON f IS 'ids begin at one';
CREATE VIEW everything AS SELECT id, title FROM live UNION ALL SELECT id, title FROM f;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cold''; END';
CREATE TRIGGER no_writes BEFORE INSERT ON f FOR EACH ROW EXECUTE FUNCTION refuse();
-- rows
INSERT INTO live VALUES (1, 'a'), (2, NULL);
-- to
CREATE FOREIGN DATA WRAPPER archive;

CREATE SERVER s TYPE 'warm' FOREIGN DATA WRAPPER archive OPTIONS (host 'a');
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'a');
CREATE TABLE live (id integer PRIMARY KEY, title text);
CREATE FOREIGN TABLE f (id bigint OPTIONS (key 'true') NOT NULL, title text DEFAULT 'none', CONSTRAINT positive CHECK (id > 0)) SERVER s OPTIONS (path 'x');
COMMENT ON FOREIGN TABLE f IS 'cold';
COMMENT ON CONSTRAINT positive ON f IS 'ids begin at one';
CREATE VIEW everything AS SELECT id::bigint AS id, title FROM live UNION ALL SELECT id, title FROM f;
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''cold''; END';
CREATE TRIGGER no_writes BEFORE INSERT ON f FOR EACH ROW EXECUTE FUNCTION refuse();
