-- from
CREATE TABLE p (id integer, CONSTRAINT pos CHECK (id > 0)); CREATE TABLE c (v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x');
-- to
CREATE TABLE p (id integer); CREATE TABLE c (v text, CONSTRAINT pos CHECK (id > 0)) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x');
