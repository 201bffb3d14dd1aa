-- from
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED, c integer);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT b FROM t;

-- to
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 3) STORED, c integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT b FROM t;
