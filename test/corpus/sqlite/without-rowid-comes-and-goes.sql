-- engines: sqlite
-- from
CREATE TABLE t (a TEXT NOT NULL, b INT NOT NULL, note TEXT, PRIMARY KEY (a, b));
-- rows
INSERT INTO t VALUES ('z', 1, 'last'), ('a', 2, 'first');
-- to
CREATE TABLE t (a TEXT NOT NULL, b INT NOT NULL, note TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
-- rows
INSERT INTO t VALUES ('q', 9, NULL);
