-- majors: 15+
-- from
CREATE TABLE a (x integer, y integer, PRIMARY KEY (x, y)); CREATE TABLE b (x integer, y integer, CONSTRAINT k FOREIGN KEY (x, y) REFERENCES a MATCH FULL);
-- rows
INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1, 2);
-- to
CREATE TABLE a (x integer, y integer, PRIMARY KEY (x, y)); CREATE TABLE b (x integer, y integer, CONSTRAINT k FOREIGN KEY (x, y) REFERENCES a ON DELETE SET NULL (y));
-- rows
INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1, 2);
