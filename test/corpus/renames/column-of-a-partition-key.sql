-- renames: events.at:events.happened
-- from
CREATE TABLE events (id integer, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_at ON events (at);
-- rows
INSERT INTO events VALUES (1, '2024-05-05');
-- to
CREATE TABLE events (id integer, happened date NOT NULL) PARTITION BY RANGE (happened);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_at ON events (happened);
-- rows
INSERT INTO events VALUES (1, '2024-05-05');
