-- from
CREATE TYPE span AS RANGE (subtype = integer);
COMMENT ON TYPE span IS 'before';
CREATE TYPE other AS RANGE (subtype = integer);
COMMENT ON TYPE other_multirange IS 'gone later';
CREATE TABLE t (id integer PRIMARY KEY, s span);
-- rows
INSERT INTO t VALUES (1, '[1,2)');

-- to
CREATE TYPE span AS RANGE (subtype = integer);
COMMENT ON TYPE span IS 'after, it''s said';
COMMENT ON TYPE span_multirange IS 'several';
CREATE TYPE other AS RANGE (subtype = integer);
CREATE TABLE t (id integer PRIMARY KEY, s span);
-- rows
INSERT INTO t VALUES (1, '[1,2)');
