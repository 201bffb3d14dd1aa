-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, doc TEXT CHECK (json_valid(doc)));
-- rows
INSERT INTO t VALUES (1, '{"name": "x", "size": 3}');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, doc TEXT CHECK (json_valid(doc)), name TEXT AS (doc ->> '$.name'), size INT AS (json_extract(doc, '$.size')) STORED); CREATE INDEX i ON t (name) WHERE name IS NOT NULL;
-- rows
INSERT INTO t (doc) VALUES ('{"name": "y"}');
