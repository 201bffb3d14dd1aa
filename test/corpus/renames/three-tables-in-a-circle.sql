-- renames: a:b, b:c, c:a
-- from
CREATE TABLE a (x integer PRIMARY KEY);
CREATE TABLE b (y text PRIMARY KEY);
CREATE TABLE c (z date PRIMARY KEY);
-- rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES ('one'); INSERT INTO c VALUES ('2020-02-02');
-- to
CREATE TABLE b (x integer PRIMARY KEY);
CREATE TABLE c (y text PRIMARY KEY);
CREATE TABLE a (z date PRIMARY KEY);
