-- from
CREATE TABLE people (id integer CONSTRAINT people_pkey PRIMARY KEY, name text, town text);
CREATE TABLE visits (id integer PRIMARY KEY, person integer REFERENCES people, at date);
CREATE VIEW visitors AS SELECT p.id, p.name, p.town, count(v.id) AS visits FROM people p LEFT JOIN visits v ON v.person = p.id GROUP BY p.id;
COMMENT ON VIEW visitors IS 'who comes often';
CREATE VIEW often AS SELECT name FROM visitors WHERE visits > 3;
-- rows
INSERT INTO people VALUES (1, 'Ann', 'Bonn');
INSERT INTO visits VALUES (1, 1, '2024-01-01');

-- to
CREATE TABLE people (id bigint, name text, town text, CONSTRAINT people_key PRIMARY KEY (id) WITH (fillfactor = 70));
CREATE TABLE visits (id integer PRIMARY KEY, person bigint REFERENCES people, at date);
CREATE VIEW visitors AS SELECT p.id, p.name, p.town, count(v.id) AS visits FROM people p LEFT JOIN visits v ON v.person = p.id GROUP BY p.id;
COMMENT ON VIEW visitors IS 'who comes often';
CREATE VIEW often AS SELECT name FROM visitors WHERE visits > 3;
-- rows
INSERT INTO people VALUES (1, 'Ann', 'Bonn');
INSERT INTO visits VALUES (1, 1, '2024-01-01');
