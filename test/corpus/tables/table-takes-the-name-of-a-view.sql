-- from
CREATE TABLE t (id integer); CREATE VIEW x AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer); CREATE TABLE x (id integer);
-- rows
INSERT INTO t VALUES (1);
