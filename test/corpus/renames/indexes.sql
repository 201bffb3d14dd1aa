-- from
CREATE TABLE t (id integer, a text, b text);
CREATE INDEX one ON t (a);
CREATE UNIQUE INDEX two ON t (lower(b)) INCLUDE (a) WHERE b <> '';
CREATE INDEX same_1 ON t (id);
CREATE INDEX same_2 ON t (id);
CREATE TABLE p (k integer) PARTITION BY LIST (k);
CREATE INDEX on_p ON p (k);
-- rows
INSERT INTO t VALUES (1, 'a', 'b');
-- to
CREATE TABLE t (id integer, a text, b text);
CREATE INDEX "One" ON t (a);
CREATE UNIQUE INDEX zwei ON t (lower(b)) INCLUDE (a) WHERE b <> '';
CREATE INDEX like_1 ON t (id);
CREATE INDEX like_2 ON t (id);
CREATE TABLE p (k integer) PARTITION BY LIST (k);
CREATE INDEX of_p ON p (k);
