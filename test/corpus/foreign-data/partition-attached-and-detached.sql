-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE events (id integer, at date) PARTITION BY RANGE (at);
CREATE FOREIGN TABLE events_old PARTITION OF events FOR VALUES FROM ('2022-01-01') TO ('2023-01-01') SERVER old_books;
CREATE FOREIGN TABLE events_new (id integer, at date) SERVER old_books;
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE events (id integer, at date) PARTITION BY RANGE (at);
CREATE FOREIGN TABLE events_old (id integer, at date) SERVER old_books;
CREATE FOREIGN TABLE events_new PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01') SERVER old_books;
