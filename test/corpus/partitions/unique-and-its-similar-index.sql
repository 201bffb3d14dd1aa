-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE events ADD UNIQUE (id, at);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
-- to
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
ALTER TABLE events ADD UNIQUE (id, at);
CREATE UNIQUE INDEX events_again ON events (id, at);
CREATE UNIQUE INDEX events_mine ON events_2024 (id, at);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
