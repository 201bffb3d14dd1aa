-- engines: sqlite
-- from
CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE INDEX i ON a (x);
-- rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES (2);
-- to
CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE INDEX i ON b (x DESC);
