-- engines: sqlite
-- renames: a:b, b:a, a.x:b.y, a.y:b.x
-- from
CREATE TABLE a (x INTEGER, y TEXT); CREATE TABLE b (z TEXT);
-- rows
INSERT INTO a VALUES (1, 'one'); INSERT INTO b VALUES ('zed');
-- to
CREATE TABLE b (y INTEGER, x TEXT); CREATE TABLE a (z TEXT);
