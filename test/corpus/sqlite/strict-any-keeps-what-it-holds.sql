-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB) STRICT;
-- rows
INSERT INTO t VALUES (1, x'4142');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a BLOB, b ANY) STRICT;
-- rows
INSERT INTO t VALUES (1, x'00', '007'), (2, NULL, 7);
