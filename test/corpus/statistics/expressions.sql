-- from
CREATE TABLE visits (id integer PRIMARY KEY, at timestamp, page text, status integer);
CREATE STATISTICS per_day ON (date_trunc('day', at)) FROM visits;
CREATE STATISTICS mixed (mcv) ON (lower(page)), status FROM visits;
-- rows
INSERT INTO visits VALUES (1, '2024-01-01 10:00', '/A', 200);

-- to
CREATE TABLE visits (id integer PRIMARY KEY, at timestamp, page text, status integer);
CREATE STATISTICS per_day ON (date_trunc('month', at)) FROM visits;
COMMENT ON STATISTICS per_day IS 'per month';
CREATE STATISTICS mixed (mcv) ON (lower(page)), (status / 100) FROM visits;
ALTER STATISTICS mixed SET STATISTICS 50;
-- rows
INSERT INTO visits VALUES (1, '2024-01-01 10:00', '/A', 200);
