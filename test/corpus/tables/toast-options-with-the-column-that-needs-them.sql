-- from
CREATE TABLE t (id integer PRIMARY KEY);
CREATE MATERIALIZED VIEW m AS SELECT id, 'x'::text AS v FROM t;
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, v text) WITH (toast.autovacuum_enabled = false);
CREATE MATERIALIZED VIEW m WITH (toast.autovacuum_enabled = false) AS SELECT id, 'x'::text AS v FROM t;
-- rows
INSERT INTO t VALUES (1, 'x');
