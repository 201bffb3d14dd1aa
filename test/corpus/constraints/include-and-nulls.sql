-- majors: 15+
-- from
CREATE TABLE t (id integer, u integer, v text, CONSTRAINT k PRIMARY KEY (id), CONSTRAINT uq UNIQUE (u));
-- rows
INSERT INTO t VALUES (1, 2, 'x');
-- to
CREATE TABLE t (id integer, u integer, v text, CONSTRAINT k PRIMARY KEY (id) INCLUDE (v), CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (u));
-- rows
INSERT INTO t VALUES (1, 2, 'x');
