-- majors: 16+
-- obstacle: to, because whose a is no value of integer[]
-- obstacle: from, because whose a is no value of integer
-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO t VALUES (1, 1), (2, NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a integer[]);
-- rows
INSERT INTO t VALUES (1, '{1,2}');
