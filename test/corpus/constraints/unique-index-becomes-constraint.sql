-- from
CREATE TABLE t (id integer, u integer); CREATE UNIQUE INDEX t_u ON t (u);
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (id integer, u integer, CONSTRAINT t_u UNIQUE (u));
-- rows
INSERT INTO t VALUES (1, 2);
