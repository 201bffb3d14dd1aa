-- from
CREATE TABLE t (id integer, v text) WITH (fillfactor = 70);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
CREATE TABLE t (id integer, v text) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false, toast.vacuum_truncate = false); CREATE TABLE n (v text) WITH (toast.autovacuum_enabled = false);
-- rows
INSERT INTO t VALUES (1, 'x');
