-- roles: app, reader
-- from
CREATE TABLE logs (at date, note text) PARTITION BY RANGE (at);
CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
GRANT SELECT ON logs TO reader;
-- rows
INSERT INTO logs VALUES ('2024-05-05', 'x');
-- to
CREATE TABLE logs (at date, note text, more text) PARTITION BY RANGE (at);
CREATE TABLE logs_2024 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE logs_2025 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE logs OWNER TO app;
ALTER TABLE logs_2025 OWNER TO app;
GRANT SELECT ON logs, logs_2025 TO reader;
GRANT SELECT (note) ON logs_2024 TO reader;
GRANT INSERT (more) ON logs_2025 TO reader;
