-- from
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY, no serial, region text NOT NULL, size integer, double integer GENERATED ALWAYS AS (size * 2) STORED, PRIMARY KEY (id));
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY; ALTER TABLE jobs FORCE ROW LEVEL SECURITY; CREATE POLICY mine ON jobs USING (size > 0);
COMMENT ON TABLE jobs IS 'work'; COMMENT ON COLUMN jobs.size IS 'in bytes';
-- rows
INSERT INTO jobs (region, size) VALUES ('eu', 1), ('us', 2);
-- to
CREATE SEQUENCE jobs_no_seq AS integer;
CREATE TABLE jobs (id bigint, no integer DEFAULT nextval('jobs_no_seq') NOT NULL, region text NOT NULL, size integer, double integer GENERATED ALWAYS AS (size * 2) STORED, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
ALTER SEQUENCE jobs_no_seq OWNED BY jobs.no;
CREATE TABLE jobs_eu PARTITION OF jobs FOR VALUES IN ('eu'); CREATE TABLE jobs_rest PARTITION OF jobs DEFAULT;
ALTER TABLE jobs ENABLE ROW LEVEL SECURITY; ALTER TABLE jobs FORCE ROW LEVEL SECURITY; CREATE POLICY mine ON jobs USING (size > 0);
COMMENT ON TABLE jobs IS 'work'; COMMENT ON COLUMN jobs.size IS 'in bytes';
-- rows
INSERT INTO jobs (id, region, size) VALUES (1, 'eu', 1), (2, 'us', 2);
