-- engines: postgres
-- from
CREATE EXTENSION hstore VERSION '1.4';
CREATE TABLE t (id integer PRIMARY KEY, tags hstore);
-- rows
INSERT INTO t VALUES (1, 'a=>1');

-- to
CREATE EXTENSION hstore;
CREATE TABLE t (id integer PRIMARY KEY, tags hstore);
CREATE TABLE more (id integer PRIMARY KEY);
