-- from
CREATE TABLE t (id integer NOT NULL, twice integer GENERATED ALWAYS AS (id * 2) STORED);
-- rows
INSERT INTO t (id) VALUES (1), (2);
-- to
CREATE TABLE t (id bigint NOT NULL, twice text NOT NULL);
-- rows
INSERT INTO t VALUES (3, '6');
