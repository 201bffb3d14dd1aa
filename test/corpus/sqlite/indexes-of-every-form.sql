-- engines: sqlite
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT); CREATE INDEX one ON t (a); CREATE INDEX two ON t (b DESC); CREATE UNIQUE INDEX three ON t (a, b); CREATE INDEX four ON t (lower(a));
-- rows
INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2);
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT); CREATE UNIQUE INDEX one ON t (a COLLATE NOCASE); CREATE INDEX two ON t (b); CREATE UNIQUE INDEX three ON t (a, b) WHERE b > 0; CREATE INDEX four ON t (upper(a) DESC, b + 1);
-- rows
INSERT INTO t VALUES (1, 'q', 1);
