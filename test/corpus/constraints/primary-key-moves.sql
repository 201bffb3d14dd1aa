-- from
CREATE TABLE t (id integer PRIMARY KEY, other integer NOT NULL);
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (id integer NOT NULL, other integer PRIMARY KEY, UNIQUE (id));
-- rows
INSERT INTO t VALUES (1, 2);
