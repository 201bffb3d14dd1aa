-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, first TEXT, last TEXT, name TEXT AS (first || ' ' || last) STORED);
-- rows
INSERT INTO t (first, last) VALUES ('Ada', 'L');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, first TEXT, name TEXT AS (first));
-- rows
INSERT INTO t (first) VALUES ('Bob');
