-- from
CREATE TABLE t (id integer PRIMARY KEY, a integer[], b text[], c integer);
-- to
CREATE TABLE t (id integer PRIMARY KEY, a uuid, b int4range, c text[]);
