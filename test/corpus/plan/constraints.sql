-- majors: 15+
-- from
CREATE TABLE a (id integer PRIMARY KEY, k integer UNIQUE, v integer CHECK (v > 0));
CREATE TABLE b (id integer, a_id integer REFERENCES a (id));
ALTER TABLE b ADD CONSTRAINT later CHECK (id > 0) NOT VALID;

-- to
CREATE TABLE a (id integer PRIMARY KEY, k integer, v integer CHECK (v > 1), UNIQUE NULLS NOT DISTINCT (k) INCLUDE (v));
CREATE TABLE b (id integer, a_id integer REFERENCES a (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED, EXCLUDE USING gist (int4range(id, a_id) WITH &&));
ALTER TABLE b ADD CONSTRAINT later CHECK (id > 0);
COMMENT ON CONSTRAINT later ON b IS 'checked since then';
