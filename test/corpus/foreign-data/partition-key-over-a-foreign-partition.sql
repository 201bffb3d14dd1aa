-- refused: to, because ... rows of it are on another server
-- refused: from, because ... rows of it are on another server
-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE TABLE events (id integer, year integer) PARTITION BY LIST (year);
CREATE TABLE events_new PARTITION OF events FOR VALUES IN (2024);
CREATE FOREIGN TABLE events_old PARTITION OF events FOR VALUES IN (2020) SERVER old_books;
-- rows
INSERT INTO events VALUES (1, 2024);
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE TABLE events (id integer, year integer) PARTITION BY RANGE (year);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM (2024) TO (2025);
CREATE FOREIGN TABLE events_old PARTITION OF events FOR VALUES FROM (2020) TO (2021) SERVER old_books;
