-- from
CREATE TABLE t (id integer, n text);
CREATE RULE no_delete AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE STATISTICS on_both (ndistinct) ON id, n FROM t;
-- rows
INSERT INTO t VALUES (1, 'a');
-- to
CREATE TABLE t (id integer, n text);
CREATE RULE keep AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE STATISTICS "Both" (ndistinct) ON id, n FROM t;
