-- engines: sqlite
-- obstacle: to, because live
-- from
CREATE TABLE t (a TEXT, gone INT);
-- rows
INSERT INTO t VALUES ('A', 0), ('a', 0), ('a', 1);
-- to
CREATE TABLE t (a TEXT, gone INT); CREATE UNIQUE INDEX live ON t (lower(a)) WHERE gone = 0;
