-- from
CREATE TABLE parts (id integer PRIMARY KEY, parent integer REFERENCES parts, name varchar(20));
CREATE RECURSIVE VIEW trees (id, name, depth) AS SELECT id, name, 0 FROM parts WHERE parent IS NULL UNION ALL SELECT p.id, p.name, t.depth + 1 FROM parts p JOIN trees t ON p.parent = t.id;
CREATE MATERIALIZED VIEW deep AS SELECT id, name FROM trees WHERE depth > 0;
CREATE INDEX deep_name ON deep (name);
CREATE VIEW deep_names AS SELECT name FROM deep;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS count FROM deep_names;
COMMENT ON MATERIALIZED VIEW counted IS 'how many';
-- rows
INSERT INTO parts VALUES (1, NULL, 'car'), (2, 1, 'wheel');

-- to
CREATE TABLE parts (id integer PRIMARY KEY, parent integer REFERENCES parts, name text);
CREATE RECURSIVE VIEW trees (id, name, depth) AS SELECT id, name, 0 FROM parts WHERE parent IS NULL UNION ALL SELECT p.id, p.name, t.depth + 1 FROM parts p JOIN trees t ON p.parent = t.id;
CREATE MATERIALIZED VIEW deep AS SELECT id, name FROM trees WHERE depth > 0;
CREATE INDEX deep_name ON deep (name);
CREATE VIEW deep_names AS SELECT name FROM deep;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS count FROM deep_names;
COMMENT ON MATERIALIZED VIEW counted IS 'how many';
-- rows
INSERT INTO parts VALUES (1, NULL, 'car'), (2, 1, 'wheel');
