-- from
CREATE TABLE t (a integer, b integer, CONSTRAINT x UNIQUE (a), CONSTRAINT y UNIQUE (b));
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (a integer, b integer, CONSTRAINT y UNIQUE (a), CONSTRAINT x UNIQUE (b));
-- rows
INSERT INTO t VALUES (1, 2);
