-- from
CREATE COLLATION names (provider = icu, locale = 'de');
CREATE TABLE t (id integer PRIMARY KEY, a text, b varchar(10) COLLATE names, c text COLLATE "C");
CREATE INDEX t_b ON t (b);
CREATE VIEW v AS SELECT a, b FROM t;
-- rows
INSERT INTO t VALUES (1, 'a', 'b', 'c');

-- to
CREATE COLLATION names (provider = icu, locale = 'de');
COMMENT ON COLLATION names IS 'German';
CREATE TABLE t (id integer PRIMARY KEY, a text COLLATE names, b varchar(10), c text COLLATE names);
CREATE INDEX t_b ON t (b COLLATE names);
CREATE VIEW v AS SELECT a, b FROM t;
-- rows
INSERT INTO t VALUES (1, 'a', 'b', 'c');
