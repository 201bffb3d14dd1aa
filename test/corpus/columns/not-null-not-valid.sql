-- majors: 18+
-- from
CREATE TABLE t (id integer PRIMARY KEY, a text, b text, c text NOT NULL); ALTER TABLE t ADD CONSTRAINT b_there NOT NULL b NOT VALID;
-- rows
INSERT INTO t VALUES (1, NULL, 'y', 'z');
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text, b text CONSTRAINT b_there NOT NULL, c text); ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a NOT VALID;
-- rows
INSERT INTO t VALUES (1, 'x', 'y', 'z');
