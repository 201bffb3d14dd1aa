-- from
CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (id integer NOT NULL, at date NOT NULL, note text);
ALTER TABLE events ADD CONSTRAINT of_user FOREIGN KEY (id) REFERENCES users (id); ALTER TABLE events_2024 ADD CONSTRAINT of_user FOREIGN KEY (id) REFERENCES users (id);
-- rows
INSERT INTO users VALUES (1), (2), (3);INSERT INTO events VALUES (1, '2023-05-05', 'a'); INSERT INTO events_2024 VALUES (2, '2024-06-06', NULL);
-- to
CREATE TABLE users (id integer PRIMARY KEY);
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE events_2024 (id integer NOT NULL, at date NOT NULL, note text);
ALTER TABLE events ADD CONSTRAINT of_user FOREIGN KEY (id) REFERENCES users (id);ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- rows
INSERT INTO users VALUES (1), (2), (3);INSERT INTO events VALUES (1, '2023-05-05', 'a'); INSERT INTO events_2024 VALUES (2, '2024-06-06', NULL);
