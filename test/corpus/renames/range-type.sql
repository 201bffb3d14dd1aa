-- from
CREATE TYPE span AS RANGE (subtype = numeric, multirange_type_name = spans);
CREATE TABLE t (id integer, s span);
-- rows
INSERT INTO t VALUES (1, '[1,2)');
-- to
CREATE TYPE stretch AS RANGE (subtype = numeric, multirange_type_name = spans);
CREATE TABLE t (id integer, s stretch);
