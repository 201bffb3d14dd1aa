-- renames: a:b, b:c, c:d
-- from
CREATE TABLE a (x integer);
CREATE TABLE b (y text);
CREATE TABLE c (z date);
-- rows
INSERT INTO a VALUES (1); INSERT INTO b VALUES ('one'); INSERT INTO c VALUES ('2020-02-02');
-- to
CREATE TABLE b (x integer);
CREATE TABLE c (y text);
CREATE TABLE d (z date);
