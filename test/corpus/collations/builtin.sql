-- majors: 17+
-- from
CREATE COLLATION fast (provider = builtin, locale = 'C');
CREATE TABLE t (id integer PRIMARY KEY, w text COLLATE fast);
-- rows
INSERT INTO t VALUES (1, 'w');

-- to
CREATE COLLATION fast (provider = builtin, locale = 'C.UTF-8');
CREATE TABLE t (id integer PRIMARY KEY, w text COLLATE fast);
-- rows
INSERT INTO t VALUES (1, 'w');
