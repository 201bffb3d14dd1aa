-- majors: 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION outbox FOR TABLE t (id, twice);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 3) STORED);
CREATE PUBLICATION outbox FOR TABLE t (id, twice);
