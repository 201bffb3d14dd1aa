-- majors: 17+
-- from
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100), region text NOT NULL);
-- rows
INSERT INTO jobs (region) VALUES ('eu'), ('us');
-- to
CREATE TABLE jobs (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100), region text NOT NULL) PARTITION BY LIST (region); CREATE TABLE jobs_eu PARTITION OF jobs FOR VALUES IN ('eu'); CREATE TABLE jobs_us PARTITION OF jobs FOR VALUES IN ('us');
-- rows
INSERT INTO jobs (id, region) OVERRIDING SYSTEM VALUE VALUES (101, 'eu'), (102, 'us');
