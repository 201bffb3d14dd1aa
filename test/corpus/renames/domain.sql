-- from
CREATE DOMAIN email AS text NOT NULL CHECK (VALUE LIKE '%@%');
CREATE TABLE t (id integer, e email);
-- rows
INSERT INTO t VALUES (1, 'a@b');
-- to
CREATE DOMAIN mail AS text NOT NULL CHECK (VALUE LIKE '%@%');
CREATE TABLE t (id integer, e mail);
