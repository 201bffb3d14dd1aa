-- from
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
-- to
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_note ON ONLY events (note);
CREATE INDEX note_23 ON events_2023 (note);
CREATE INDEX note_24 ON events_2024 (note) WITH (fillfactor = 70);
ALTER INDEX events_note ATTACH PARTITION note_23;
ALTER INDEX events_note ATTACH PARTITION note_24;
COMMENT ON INDEX note_23 IS 'the old one';
-- rows
INSERT INTO events VALUES (1, '2023-05-05', 'a'), (2, '2024-06-06', NULL), (3, '2024-07-07', 'c');
