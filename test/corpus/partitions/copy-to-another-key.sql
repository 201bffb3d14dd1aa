-- from
CREATE TABLE logs (id integer NOT NULL, kind text NOT NULL, note text) PARTITION BY LIST (kind); CREATE TABLE logs_a PARTITION OF logs FOR VALUES IN ('a'); CREATE TABLE logs_b PARTITION OF logs FOR VALUES IN ('b'); CREATE INDEX logs_note ON logs (note);
-- rows
INSERT INTO logs VALUES (1, 'a', 'x'), (2, 'b', NULL);
-- to
CREATE TABLE logs (id integer NOT NULL, kind text NOT NULL, note text) PARTITION BY RANGE (id); CREATE TABLE logs_a PARTITION OF logs FOR VALUES FROM (0) TO (100); CREATE TABLE logs_c PARTITION OF logs DEFAULT; CREATE INDEX logs_note ON logs (note);
-- rows
INSERT INTO logs VALUES (1, 'a', 'x'), (200, 'b', NULL);
