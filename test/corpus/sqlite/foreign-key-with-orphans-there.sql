-- engines: sqlite
-- obstacle: to, because no row of p has
-- from
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INT);
-- rows
INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (2);
-- to
CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p);
