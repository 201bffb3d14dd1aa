-- from
CREATE TABLE p (id integer DEFAULT 1, v text NOT NULL); CREATE TABLE c () INHERITS (p);
-- rows
INSERT INTO c VALUES (1, 'x');
-- to
CREATE TABLE p (id integer DEFAULT 2, v text NOT NULL); CREATE TABLE c () INHERITS (p); ALTER TABLE c ALTER id SET DEFAULT 3;
-- rows
INSERT INTO c VALUES (1, 'x');
