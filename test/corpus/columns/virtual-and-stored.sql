-- majors: 18+
-- from
CREATE TABLE t (id integer PRIMARY KEY, n integer, a integer GENERATED ALWAYS AS (n * 2) STORED, b integer GENERATED ALWAYS AS (n + 1) VIRTUAL, c integer GENERATED ALWAYS AS (n - 1) VIRTUAL); CREATE VIEW v AS SELECT a, b, c FROM t;
-- rows
INSERT INTO t VALUES (1, 5);
-- to
CREATE TABLE t (id integer PRIMARY KEY, n integer, a integer GENERATED ALWAYS AS (n * 2) VIRTUAL, b integer GENERATED ALWAYS AS (n + 1) STORED, c integer GENERATED ALWAYS AS (n - 2) VIRTUAL); CREATE VIEW v AS SELECT a, b, c FROM t;
-- rows
INSERT INTO t VALUES (1, 5);
