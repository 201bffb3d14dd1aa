-- majors: 18+
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT a_there NOT NULL NO INHERIT);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT a_there NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x');
