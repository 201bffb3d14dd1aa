-- from
CREATE TABLE t (id integer PRIMARY KEY, n text, m varchar(9) COLLATE "C"); CREATE INDEX t_n ON t (n); CREATE VIEW v AS SELECT n, m FROM t;
-- rows
INSERT INTO t VALUES (1, 'b', 'a'), (2, 'B', NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, n text COLLATE "C", m varchar(9)); CREATE INDEX t_n ON t (n); CREATE VIEW v AS SELECT n, m FROM t;
-- rows
INSERT INTO t VALUES (1, 'b', 'a');
