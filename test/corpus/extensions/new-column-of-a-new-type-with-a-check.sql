-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);

-- to
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE TABLE t (id integer PRIMARY KEY, name ext.citext CHECK (length(name::text) > 0), UNIQUE (name));
-- rows
INSERT INTO t VALUES (1, 'Ann');
