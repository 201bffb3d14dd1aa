-- from
CREATE TABLE a (x integer); CREATE TABLE b (y integer) INHERITS (a); CREATE VIEW v AS SELECT x FROM a;
-- rows
INSERT INTO a VALUES (1);
-- to
CREATE TABLE a (x integer); CREATE VIEW v AS SELECT x FROM a;
-- rows
INSERT INTO a VALUES (1);
