-- from
CREATE TABLE p (id integer NOT NULL, twice integer);
CREATE TABLE c (w text) INHERITS (p);
-- rows
INSERT INTO p VALUES (1, 1);
INSERT INTO c VALUES (2, 1, 'c');
-- to
CREATE TABLE p (id integer NOT NULL, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE TABLE c (w text) INHERITS (p);
-- rows
INSERT INTO p VALUES (1);
INSERT INTO c (id, w) VALUES (2, 'c');
