-- from
CREATE TABLE animals (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE dogs (barks boolean) INHERITS (animals);
-- rows
INSERT INTO dogs VALUES (1, true);
-- to
CREATE TABLE animals (id integer, CONSTRAINT above_zero CHECK (id > 0));
CREATE TABLE dogs (barks boolean) INHERITS (animals);
-- rows
INSERT INTO dogs VALUES (1, true);
