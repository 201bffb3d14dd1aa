-- from
CREATE TABLE t (id integer, n text, m text);
CREATE VIEW v AS SELECT id, n FROM t;
CREATE VIEW above AS SELECT v.n AS shown FROM v;
CREATE MATERIALIZED VIEW mv AS SELECT id, n AS old_name FROM t;
CREATE INDEX on_mv ON mv (old_name);
-- rows
INSERT INTO t VALUES (1, 'a', 'b'); REFRESH MATERIALIZED VIEW mv;
-- to
CREATE TABLE t (id integer, n text, m text);
CREATE VIEW v AS SELECT id, n AS label FROM t;
CREATE VIEW above AS SELECT v.label AS shown FROM v;
CREATE MATERIALIZED VIEW mv AS SELECT id, n AS new_name FROM t;
CREATE INDEX on_mv ON mv (new_name);
