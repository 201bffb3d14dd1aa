-- from
CREATE TABLE thing (id integer);
CREATE VIEW other AS SELECT id FROM thing;
CREATE INDEX third ON thing (id);

-- to
CREATE TABLE other (id integer);
CREATE VIEW thing AS SELECT id FROM other;
CREATE SEQUENCE third;
