-- from
CREATE TABLE t (id integer PRIMARY KEY, old text);
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b');
-- to
CREATE TABLE t (id integer PRIMARY KEY, "new one" text CHECK ("new one" <> ''), n integer NOT NULL DEFAULT 5 CHECK (n > 4), UNIQUE (id, n), UNIQUE ("new one"));
-- rows
INSERT INTO t VALUES (1, 'x', 5), (2, NULL, 7);
