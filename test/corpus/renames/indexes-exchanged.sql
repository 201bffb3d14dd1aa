-- renames: index:one:two, index:two:one
-- from
CREATE TABLE t (a text, b text); CREATE INDEX one ON t (a); CREATE INDEX two ON t (b);
-- rows
INSERT INTO t VALUES ('a', 'b');
-- to
CREATE TABLE t (a text, b text); CREATE INDEX two ON t (a); CREATE INDEX one ON t (b);
