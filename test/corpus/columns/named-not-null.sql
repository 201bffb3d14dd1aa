-- majors: 18+
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text CONSTRAINT a_there NOT NULL, b text NOT NULL, c text);
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, b text CONSTRAINT b_there NOT NULL, c text CONSTRAINT c_there NOT NULL);
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
