-- from
CREATE TABLE t (id integer, a text);
-- rows
INSERT INTO t VALUES (1, 'a');
-- to
CREATE TABLE t (id integer, b text);
