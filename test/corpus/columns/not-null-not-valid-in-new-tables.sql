-- majors: 18
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a text);
ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a NOT VALID;
CREATE TABLE made (id integer PRIMARY KEY, a text);
ALTER TABLE made ADD CONSTRAINT "there a" NOT NULL a NOT VALID;
-- rows
INSERT INTO t VALUES (2, 'x');
