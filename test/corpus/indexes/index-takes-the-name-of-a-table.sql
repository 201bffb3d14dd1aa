-- from
CREATE TABLE t (id integer); CREATE TABLE x (a integer);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer); CREATE INDEX x ON t (id);
-- rows
INSERT INTO t VALUES (1);
