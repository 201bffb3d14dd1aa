-- engines: sqlite
-- renames: t.amount:t.total
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, amount TEXT, n TEXT); CREATE INDEX t_amount ON t (amount);
-- rows
INSERT INTO t VALUES (1, '7', 'a'), (2, '8', 'b');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, total INTEGER NOT NULL DEFAULT 0, n TEXT); CREATE INDEX t_amount ON t (total);
