-- engines: sqlite
-- from
CREATE TABLE a (x INT); CREATE VIEW b AS SELECT x FROM a;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (x INT); CREATE TABLE b (x INT);
-- rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES (2);
