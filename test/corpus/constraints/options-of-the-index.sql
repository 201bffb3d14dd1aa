-- from
CREATE TABLE t (id integer CONSTRAINT k PRIMARY KEY, u integer, CONSTRAINT uq UNIQUE (u));
-- rows
INSERT INTO t VALUES (1, 2);
-- to
CREATE TABLE t (id integer CONSTRAINT k PRIMARY KEY WITH (fillfactor = 70), u integer, CONSTRAINT uq UNIQUE (u) WITH (fillfactor = 50) DEFERRABLE); COMMENT ON INDEX k IS 'the key'; COMMENT ON CONSTRAINT uq ON t IS 'one each';
-- rows
INSERT INTO t VALUES (1, 2);
