-- from
CREATE EXTENSION btree_gist; CREATE TABLE t (id integer, at daterange, CONSTRAINT x EXCLUDE USING gist (at WITH &&));
-- rows
INSERT INTO t VALUES (1, '[2024-01-01,2025-01-01)');
-- to
CREATE EXTENSION btree_gist; CREATE TABLE t (id integer, at daterange, CONSTRAINT x EXCLUDE USING gist (id WITH =, at WITH &&) WITH (fillfactor = 60) WHERE (id > 0) DEFERRABLE INITIALLY DEFERRED);
-- rows
INSERT INTO t VALUES (1, '[2024-01-01,2025-01-01)');
