-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_note ON events (note); ALTER TABLE events ADD PRIMARY KEY (id, at);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
-- to
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_note ON events (note); ALTER TABLE events ADD PRIMARY KEY (id, at);
CREATE TABLE events_2025 (id integer NOT NULL, at date NOT NULL, note text);
ALTER TABLE events_2025 ADD CONSTRAINT key_25 PRIMARY KEY (id, at); CREATE INDEX note_25 ON events_2025 (note);
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
