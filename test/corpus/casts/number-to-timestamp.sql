-- obstacle: to, because whose at is no value of timestamp without time zone
-- obstacle: from, because whose at is no value of bigint
-- from
CREATE TABLE t (id integer PRIMARY KEY, at bigint);
-- rows
INSERT INTO t VALUES (1, 1), (2, NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, at timestamp);
-- rows
INSERT INTO t VALUES (1, '2024-01-01 10:00:00'), (2, NULL);
