-- engines: sqlite
-- obstacle: to, because agree in a
-- from
CREATE TABLE t (a TEXT UNIQUE);
-- rows
INSERT INTO t VALUES ('A'), ('a');
-- to
CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE);
