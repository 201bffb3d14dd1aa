-- from
CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW plain AS SELECT id FROM t;
-- rows
INSERT INTO t VALUES (1, 'a');

-- to
CREATE TABLE t (id integer PRIMARY KEY, n text);
CREATE VIEW plain AS SELECT id FROM t;
CREATE VIEW one AS SELECT 1 AS id, 'x'::varchar(5) AS n;
CREATE VIEW two AS SELECT id, n FROM one;
CREATE OR REPLACE VIEW one AS SELECT id, n FROM two;
COMMENT ON VIEW one IS 'first';
COMMENT ON COLUMN two.n IS 'second';
CREATE VIEW three AS SELECT one.id FROM one JOIN two USING (id);
-- rows
INSERT INTO t VALUES (1, 'a');
