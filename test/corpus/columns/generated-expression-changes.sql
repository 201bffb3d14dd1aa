-- from
CREATE TABLE t (id integer PRIMARY KEY, n integer, g integer GENERATED ALWAYS AS (n * 2) STORED); CREATE INDEX t_g ON t (g); CREATE VIEW v AS SELECT g FROM t;
-- rows
INSERT INTO t VALUES (1, 5), (2, NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, n integer, g integer GENERATED ALWAYS AS (n * 3) STORED); CREATE INDEX t_g ON t (g); CREATE VIEW v AS SELECT g FROM t;
-- rows
INSERT INTO t VALUES (1, 5), (2, NULL);
