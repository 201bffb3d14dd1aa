-- engines: sqlite
-- from
CREATE TABLE t (rowid TEXT, _rowid_ TEXT);
-- rows
INSERT INTO t (oid, rowid) VALUES (42, 'x'), (7, 'y');
-- to
CREATE TABLE t (rowid TEXT, _rowid_ TEXT UNIQUE, c INT);
