-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT NOT NULL DEFAULT 5, c TEXT CHECK (c <> ''), d INT REFERENCES t (id), e TEXT COLLATE NOCASE, f INT AS (id * 2));
-- rows
INSERT INTO t (id, a, b, c, d) VALUES (1, 'x', 1, 'c', NULL), (2, 'y', 2, 'd', 1);
