-- renames: schema:a:b, schema:b:a
-- from
CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (x integer); CREATE TABLE b.t (y text); CREATE TABLE b.u (z date);
-- rows
INSERT INTO a.t VALUES (1); INSERT INTO b.t VALUES ('one'); INSERT INTO b.u VALUES ('2020-01-01');
-- to
CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE b.t (x integer); CREATE TABLE a.t (y text); CREATE TABLE a.u (z date);
