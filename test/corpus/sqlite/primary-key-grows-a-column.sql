-- engines: sqlite
-- from
CREATE TABLE t (tenant INT NOT NULL, id INT NOT NULL, a TEXT, PRIMARY KEY (id));
-- rows
INSERT INTO t VALUES (1, 1, 'x'), (1, 2, 'y'), (2, 3, 'z');
-- to
CREATE TABLE t (tenant INT NOT NULL, id INT NOT NULL, a TEXT, PRIMARY KEY (tenant, id));
-- rows
INSERT INTO t VALUES (1, 5, 'x'), (2, 6, 'y');
