-- refused: from, because no statement makes it one that only its parents declare
-- from
CREATE TABLE p (id integer, gone text); CREATE TABLE c (v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'keep me', 'x');
-- to
CREATE TABLE p (id integer); CREATE TABLE c (gone text, v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'keep me', 'x');
