-- from
CREATE TABLE events (at date NOT NULL, kind text, source text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE STATISTICS events_kinds ON kind, source FROM events;
-- rows
INSERT INTO events VALUES ('2024-02-02', 'a', 'b');

-- to
CREATE TABLE events (at date NOT NULL, kind text, source text) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE STATISTICS events_kinds (mcv) ON kind, source FROM events;
CREATE STATISTICS events_2024_kinds (ndistinct) ON kind, source FROM events_2024;
-- rows
INSERT INTO events VALUES ('2024-02-02', 'a', 'b');
