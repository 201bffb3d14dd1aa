-- renames: animals:creatures, animals.name:creatures.called
-- from
CREATE TABLE animals (id integer, name text, CONSTRAINT named CHECK (name <> ''));
CREATE TABLE dogs (barks boolean) INHERITS (animals);
-- rows
INSERT INTO dogs VALUES (1, 'x', true); INSERT INTO animals VALUES (2, 'y');
-- to
CREATE TABLE creatures (id integer, called text, CONSTRAINT named CHECK (called <> ''));
CREATE TABLE dogs (barks boolean) INHERITS (creatures);
-- rows
INSERT INTO dogs VALUES (1, 'x', true);
