-- from
CREATE TABLE t (id integer PRIMARY KEY, n text);
-- rows
INSERT INTO t VALUES (1, 'a');

-- to
CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW names AS SELECT id, n FROM t;
CREATE FUNCTION named(wanted integer) RETURNS text STABLE LANGUAGE sql BEGIN ATOMIC SELECT n FROM names WHERE id = wanted; END;
CREATE OR REPLACE VIEW names AS SELECT id, n FROM t WHERE named(id) IS NOT NULL OR true;
CREATE MATERIALIZED VIEW kept AS SELECT count(*) AS count FROM t;
CREATE VIEW counted AS SELECT id, named(id) AS n, (SELECT count FROM kept) AS count FROM names;
-- rows
INSERT INTO t VALUES (1, 'a');
