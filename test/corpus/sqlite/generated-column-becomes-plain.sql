-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, twice INT GENERATED ALWAYS AS (n * 2) VIRTUAL);
-- rows
INSERT INTO t (n) VALUES (1), (2);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, twice INT);
-- rows
INSERT INTO t (n, twice) VALUES (3, 6);
