-- engines: sqlite
-- renames: a:b, b:a
-- from
CREATE TABLE a (x INT, y TEXT); CREATE TABLE b (z INT);
-- rows
INSERT INTO a VALUES (1, 'y'); INSERT INTO b VALUES (2);
-- to
CREATE TABLE b (x INT, y TEXT); CREATE TABLE a (z INT);
-- rows
INSERT INTO b VALUES (1, 'y'); INSERT INTO a VALUES (2);
