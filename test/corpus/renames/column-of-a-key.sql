-- renames: parents.id:parents.number, children.parent:children.mother
-- from
CREATE TABLE parents (id integer, code text, PRIMARY KEY (id), CONSTRAINT by_code UNIQUE (code, id));
CREATE TABLE children (id integer PRIMARY KEY, parent integer CONSTRAINT of_parent REFERENCES parents (id), code text, CONSTRAINT of_code FOREIGN KEY (code, parent) REFERENCES parents (code, id));
-- rows
INSERT INTO parents VALUES (1, 'x'); INSERT INTO children VALUES (1, 1, 'x');
-- to
CREATE TABLE parents (number integer, code text, PRIMARY KEY (number), CONSTRAINT by_code UNIQUE (code, number));
CREATE TABLE children (id integer PRIMARY KEY, mother integer CONSTRAINT of_parent REFERENCES parents (number), code text, CONSTRAINT of_code FOREIGN KEY (code, mother) REFERENCES parents (code, number));
