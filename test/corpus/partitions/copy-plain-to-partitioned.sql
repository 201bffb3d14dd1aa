-- from
CREATE TABLE logs (id integer PRIMARY KEY, at date NOT NULL, note text DEFAULT 'n'); CREATE INDEX logs_note ON logs (note); CREATE VIEW notes AS SELECT note FROM logs;
-- rows
INSERT INTO logs VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL);
-- to
CREATE TABLE logs (id integer, at date NOT NULL, note text DEFAULT 'n', PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE TABLE logs_2023 PARTITION OF logs FOR VALUES FROM ('2023-01-01') TO ('2024-01-01'); CREATE TABLE logs_rest PARTITION OF logs DEFAULT; CREATE INDEX logs_note ON logs (note); CREATE VIEW notes AS SELECT note FROM logs;
-- rows
INSERT INTO logs VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL);
