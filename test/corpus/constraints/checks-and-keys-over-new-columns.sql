-- obstacle: to, because that break the check t_bar_check
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- to
CREATE TABLE t (id integer PRIMARY KEY, bar bigint CHECK (bar IS NOT NULL), code text NOT NULL DEFAULT 'x', n integer DEFAULT 5, CHECK (bar > id), CHECK (n > id), UNIQUE (code, n));
-- rows
INSERT INTO t VALUES (1, 7, 'a', 8);
