-- renames: events:facts, events_2024:facts_2024, events_2025:facts_2025
-- from
CREATE TABLE events (id integer, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- rows
INSERT INTO events VALUES (1, '2024-05-05', 'a'), (2, '2025-05-05', 'b');
-- to
CREATE TABLE facts (id integer, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE facts_2024 PARTITION OF facts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE facts_2025 PARTITION OF facts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- rows
INSERT INTO facts VALUES (1, '2024-05-05', 'a');
