-- engines: sqlite
-- from
CREATE TABLE t (a INT, b VARCHAR(10), c NUMERIC, d TEXT);
-- rows
INSERT INTO t VALUES (9223372036854775807, 'b', 1.25, '007'), (-1, '', 3, 'x');
-- to
CREATE TABLE t (a BIGINT, b VARCHAR(200), c DECIMAL(10, 2), d CLOB);
