-- renames: a:b, index:b:a
-- from
CREATE TABLE a (x integer); CREATE INDEX b ON a (x);
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE b (x integer); CREATE INDEX a ON b (x);
