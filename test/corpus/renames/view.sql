-- from
CREATE TABLE t (id integer, n text);
CREATE VIEW old_view WITH (security_barrier = true) AS SELECT id, n FROM t;
COMMENT ON VIEW old_view IS 'seen';
CREATE VIEW above AS SELECT id FROM old_view;
CREATE FUNCTION f() RETURNS SETOF old_view LANGUAGE sql AS 'SELECT * FROM t';
-- rows
INSERT INTO t VALUES (1, 'a');
-- to
CREATE TABLE t (id integer, n text);
CREATE VIEW new_view WITH (security_barrier = true) AS SELECT id, n FROM t;
COMMENT ON VIEW new_view IS 'seen';
CREATE VIEW above AS SELECT id FROM new_view;
CREATE FUNCTION f() RETURNS SETOF new_view LANGUAGE sql AS 'SELECT * FROM t';
