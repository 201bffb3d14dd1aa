-- from
CREATE TABLE base (id integer);
CREATE TABLE heir (n text) INHERITS (base);
CREATE TABLE other (n text) INHERITS (base);
CREATE PUBLICATION every FOR TABLE base;
CREATE PUBLICATION one FOR TABLE ONLY base, heir;
-- rows
INSERT INTO heir VALUES (1, 'a');
-- to
CREATE TABLE base (id integer);
CREATE TABLE heir (n text) INHERITS (base);
CREATE TABLE other (n text) INHERITS (base);
CREATE PUBLICATION every FOR TABLE ONLY base;
CREATE PUBLICATION one FOR TABLE base;
