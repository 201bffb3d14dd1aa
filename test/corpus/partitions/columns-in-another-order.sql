-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 (note text, at date NOT NULL, id integer NOT NULL);
ALTER TABLE events ATTACH PARTITION events_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a');
-- to
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text, more text DEFAULT 'm') PARTITION BY RANGE (at);
CREATE TABLE events_2023 (note text, more text DEFAULT 'm', at date NOT NULL, id integer NOT NULL);
ALTER TABLE events ATTACH PARTITION events_2023 FOR VALUES FROM ('2023-01-01') TO ('2024-01-01'); CREATE INDEX ON events (note);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a');
