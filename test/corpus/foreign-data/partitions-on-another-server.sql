-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE events (id integer, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE FOREIGN TABLE events_old PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01') SERVER old_books OPTIONS (path 'old');
-- rows
INSERT INTO events VALUES (1, '2024-02-02', 'a'), (2, '2024-03-03', NULL);
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE events (id integer, at date NOT NULL, note text, extra integer) PARTITION BY RANGE (at);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE FOREIGN TABLE events_old PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2023-01-01') SERVER old_books OPTIONS (path 'older');
CREATE FOREIGN TABLE events_older PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') SERVER old_books OPTIONS (path 'oldest');
