-- from
CREATE TABLE t (a text, b text); CREATE VIEW v AS SELECT a, b FROM t;
-- rows
INSERT INTO t VALUES ('x', 'y');
-- to
CREATE TABLE t (a text, b text); CREATE VIEW v AS SELECT a AS b, b AS a FROM t;
