-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, twice INT AS (n * 2), kept INT AS (n + 1) STORED);
-- rows
INSERT INTO t (n) VALUES (1), (2);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, twice INT AS (n * 2) STORED, kept INT AS (n + 2));
-- rows
INSERT INTO t (n) VALUES (3);
