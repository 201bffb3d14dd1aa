-- obstacle: to, because whose address is no value of inet
-- from
CREATE TABLE t (id integer PRIMARY KEY, day text, body text, address text);
-- rows
INSERT INTO t VALUES (1, 'soon', 'plain', 'here'), (2, '2024-02-30', '[]', '10.0.0.1'), (3, 'today', 'null', '::1');
-- to
CREATE TABLE t (id integer PRIMARY KEY, day date, body jsonb, address inet);
-- rows
INSERT INTO t VALUES (1, 'infinity', '{"a": [1]}', '10.0.0.0/8'), (2, '2024-02-29', 'false', 'a::b');
