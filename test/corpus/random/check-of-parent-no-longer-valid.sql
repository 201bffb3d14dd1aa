-- from
CREATE TABLE parent (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE child (more text) INHERITS (parent);
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (2, 'b');
-- to
CREATE TABLE parent (id integer);
CREATE TABLE child (more text) INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;
-- rows
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (2, 'b');
