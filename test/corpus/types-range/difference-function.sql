-- from
CREATE TYPE floats AS RANGE (subtype = double precision);
CREATE TABLE readings (id integer PRIMARY KEY, span floats);
-- rows
INSERT INTO readings VALUES (1, '[0.5,1.5)'), (2, '(,)');

-- to
CREATE TYPE floats AS RANGE (subtype = double precision, subtype_diff = float8mi);
CREATE TABLE readings (id integer PRIMARY KEY, span floats);
-- rows
INSERT INTO readings VALUES (1, '[0.5,1.5)'), (2, '(,)');
