-- from
CREATE TABLE t (id integer, name varchar(10), extra text);
CREATE VIEW a AS SELECT id, name FROM t;
CREATE VIEW b AS SELECT id FROM a WHERE name <> '';
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM b;
CREATE UNIQUE INDEX m_n ON m (n);

-- to
CREATE TABLE t (id bigint, name text);
CREATE VIEW a WITH (security_barrier = true) AS SELECT id, name FROM t;
CREATE VIEW b AS SELECT id, 1 AS one FROM a WHERE name <> '';
CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM b WITH NO DATA;
CREATE UNIQUE INDEX m_n ON m (n);
COMMENT ON VIEW b IS 'built on a';
COMMENT ON COLUMN b.one IS 'always one';
