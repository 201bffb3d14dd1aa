-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (id integer NOT NULL, at date NOT NULL, note text);
CREATE INDEX events_note ON events (note); ALTER TABLE events ADD PRIMARY KEY (id, at);
CREATE INDEX my_note ON events_2024 (note); ALTER TABLE events_2024 ADD CONSTRAINT my_key PRIMARY KEY (id, at);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'); INSERT INTO events_2024 VALUES (2, '2024-06-06', NULL);
-- to
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (id integer NOT NULL, at date NOT NULL, note text);
CREATE INDEX events_note ON events (note); ALTER TABLE events ADD PRIMARY KEY (id, at);
CREATE INDEX my_note ON events_2024 (note); ALTER TABLE events_2024 ADD CONSTRAINT my_key PRIMARY KEY (id, at);
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'); INSERT INTO events_2024 VALUES (2, '2024-06-06', NULL);
