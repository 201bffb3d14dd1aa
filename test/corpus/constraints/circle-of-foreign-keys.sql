-- from
CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1);
-- to
CREATE TABLE a (id integer PRIMARY KEY, b integer); CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE; CREATE TABLE c (id integer PRIMARY KEY, d integer); CREATE TABLE d (id integer PRIMARY KEY, c integer REFERENCES c); ALTER TABLE c ADD FOREIGN KEY (d) REFERENCES d;
