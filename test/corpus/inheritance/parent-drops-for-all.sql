-- from
CREATE TABLE p (id integer, gone text); CREATE TABLE c (v text) INHERITS (p); CREATE TABLE d (gone text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'lost', 'x'); INSERT INTO d VALUES (2, 'stays');
-- to
CREATE TABLE p (id integer); CREATE TABLE c (v text) INHERITS (p); CREATE TABLE d (gone text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x');
