-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (id integer NOT NULL, at date NOT NULL, note text);
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'); INSERT INTO events_2024 VALUES (2, '2024-06-06', NULL);
-- to
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, note text, more integer DEFAULT 3) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (more integer DEFAULT 3, id bigint NOT NULL, at date NOT NULL, note text);
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- rows
INSERT INTO events (id, at) VALUES (1, '2023-05-05'), (2, '2024-06-06');
