-- from
CREATE TABLE logs (id integer PRIMARY KEY, at text NOT NULL, gone text, kept text);
-- rows
INSERT INTO logs VALUES (1, '2023-05-05', 'x', 'k');
-- to
CREATE TABLE logs (id bigint, at date NOT NULL, kept text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE logs_all PARTITION OF logs DEFAULT;
-- rows
INSERT INTO logs VALUES (1, '2023-05-05', 'k');
