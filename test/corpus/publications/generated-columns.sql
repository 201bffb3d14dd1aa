-- majors: 18
-- from
CREATE TABLE t (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION outbox FOR TABLE t;
CREATE PUBLICATION other FOR ALL TABLES WITH (publish_generated_columns = stored);
-- rows
INSERT INTO t VALUES (1);
-- to
CREATE TABLE t (id integer PRIMARY KEY, twice integer GENERATED ALWAYS AS (id * 2) STORED);
CREATE PUBLICATION outbox FOR TABLE t WITH (publish_generated_columns = stored);
CREATE PUBLICATION other FOR ALL TABLES;
