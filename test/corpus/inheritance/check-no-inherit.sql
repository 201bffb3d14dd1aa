-- from
CREATE TABLE p (id integer, CONSTRAINT pos CHECK (id > 0)); CREATE TABLE c (v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x'); INSERT INTO p VALUES (5);
-- to
CREATE TABLE p (id integer, CONSTRAINT pos CHECK (id > 0) NO INHERIT); CREATE TABLE c (v text) INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x'); INSERT INTO p VALUES (5);
