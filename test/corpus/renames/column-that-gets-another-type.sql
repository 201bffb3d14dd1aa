-- renames: t.amount:t.total, t.born:t.birthday
-- from
CREATE TABLE t (id integer PRIMARY KEY, amount integer, born text);
-- rows
INSERT INTO t VALUES (1, 7, '2020-01-01'), (2, 8, NULL);
-- to
CREATE TABLE t (id integer PRIMARY KEY, total numeric(12,2), birthday date);
