-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT);
-- rows
INSERT INTO t (a) VALUES ('x'), ('y'), ('z'); DELETE FROM t WHERE id = 3;
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE, b TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)))));
-- rows
INSERT INTO t (a) VALUES ('x'); DELETE FROM t;
