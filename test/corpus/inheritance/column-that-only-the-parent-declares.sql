-- refused: from, because no statement makes it one that only its parents declare
-- from
CREATE TABLE p (id integer); CREATE TABLE c (v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x');
-- to
CREATE TABLE p (id integer); CREATE TABLE c (id integer, v text);
-- rows
INSERT INTO c VALUES (1, 'x');
