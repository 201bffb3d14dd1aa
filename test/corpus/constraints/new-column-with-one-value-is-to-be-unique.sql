-- obstacle: to, because that agree in code, which the unique t_code_key forbids
-- from
CREATE TABLE t (id integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1), (2);
-- to
CREATE TABLE t (id integer PRIMARY KEY, code text NOT NULL DEFAULT 'x' UNIQUE);
-- rows
INSERT INTO t VALUES (1, 'a'), (2, 'b');
