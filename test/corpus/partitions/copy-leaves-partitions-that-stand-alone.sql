-- from
CREATE TABLE logs (id integer NOT NULL, kind text NOT NULL, note text) PARTITION BY LIST (kind); CREATE TABLE logs_a PARTITION OF logs FOR VALUES IN ('a'); CREATE TABLE logs_b PARTITION OF logs FOR VALUES IN ('b');
-- rows
INSERT INTO logs VALUES (1, 'a', 'x'), (2, 'b', NULL);
-- to
CREATE TABLE logs (id integer NOT NULL, kind text NOT NULL, note text); CREATE TABLE logs_b (id integer NOT NULL, kind text NOT NULL, note text);
-- rows
INSERT INTO logs_b VALUES (2, 'b', NULL);
