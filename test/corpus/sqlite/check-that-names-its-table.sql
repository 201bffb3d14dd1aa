-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, up INT);
-- rows
INSERT INTO t VALUES (1, 2), (2, 1);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, up INT UNIQUE, CHECK (t.up <> t.id));
-- rows
INSERT INTO t VALUES (1, NULL);
