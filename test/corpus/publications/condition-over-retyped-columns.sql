-- majors: 15+
-- from
CREATE TABLE t (id integer PRIMARY KEY, at timestamp NOT NULL, n numeric(5,2));
CREATE PUBLICATION p FOR TABLE t WHERE (at > '2020-01-01' AND n IN (1, 2));
-- rows
INSERT INTO t VALUES (1, '2024-01-01', 1.5);
-- to
CREATE TABLE t (id integer PRIMARY KEY, at timestamptz NOT NULL, n numeric(10,2));
CREATE PUBLICATION p FOR TABLE t WHERE (at > '2020-01-01+00' AND n IN (1, 2));
