-- majors: 16+
-- from
CREATE COLLATION tailored (provider = icu, locale = 'und', rules = '&V << w <<< W');
CREATE TABLE t (id integer PRIMARY KEY, w text COLLATE tailored);
-- rows
INSERT INTO t VALUES (1, 'w');

-- to
CREATE COLLATION tailored (provider = icu, locale = 'und', rules = '&a < g');
CREATE TABLE t (id integer PRIMARY KEY, w text COLLATE tailored);
-- rows
INSERT INTO t VALUES (1, 'w');
