-- from
CREATE TABLE p (id integer, CHECK (id > 0)); CREATE TABLE c (id integer, v text, CONSTRAINT p_id_check CHECK (id > 0));
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (2, 'x');
-- to
CREATE TABLE p (id integer, CHECK (id > 0)); CREATE TABLE c (id integer, v text, CONSTRAINT p_id_check CHECK (id > 0)); ALTER TABLE c INHERIT p;
-- rows
INSERT INTO c VALUES (2, 'x');
