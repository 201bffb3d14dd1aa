-- from
CREATE FUNCTION clean(value text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(trim(value))';
CREATE FUNCTION allowed(name text) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT name = current_user $$;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT clean(' New ') CONSTRAINT users_clean CHECK (clean(name) <> ''), cleaned text GENERATED ALWAYS AS (clean(name)) STORED, other text);
COMMENT ON CONSTRAINT users_clean ON users IS 'not empty';
COMMENT ON COLUMN users.cleaned IS 'generated';
CREATE UNIQUE INDEX users_name ON users (clean(name));
CREATE INDEX users_part ON users (id) WHERE clean(name) <> 'x';
COMMENT ON INDEX users_name IS 'one of a kind';
ALTER INDEX users_name ALTER COLUMN 1 SET STATISTICS 33;
ALTER TABLE users CLUSTER ON users_name;
CREATE INDEX users_cleaned ON users (cleaned);
CREATE STATISTICS users_both ON (clean(name)), other FROM users;
CREATE POLICY own ON users USING (allowed(clean(name)));
COMMENT ON POLICY own ON users IS 'own rows';
CREATE TRIGGER note BEFORE UPDATE ON users FOR EACH ROW WHEN (clean(new.name) <> clean(old.name)) EXECUTE FUNCTION noted();
ALTER TABLE users ENABLE ALWAYS TRIGGER note;
COMMENT ON TRIGGER note ON users IS 'notes';
CREATE VIEW names AS SELECT clean(name) AS name FROM users;
CREATE MATERIALIZED VIEW stored AS SELECT clean(name) AS name FROM users;
CREATE INDEX stored_name ON stored (name);
CREATE RULE ruled AS ON UPDATE TO users WHERE clean(new.name) = 'y' DO INSTEAD NOTHING;
ALTER TABLE users ENABLE REPLICA RULE ruled;
CREATE FUNCTION calls_it(text) RETURNS text IMMUTABLE LANGUAGE sql RETURN clean($1);
-- rows
INSERT INTO users (id, name) VALUES (1, ' Ann ');

-- to
CREATE FUNCTION clean(word text) RETURNS varchar IMMUTABLE LANGUAGE sql AS 'SELECT lower(trim(word))::varchar';
CREATE FUNCTION allowed(name text) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT name = current_user $$;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT clean(' New ') CONSTRAINT users_clean CHECK (clean(name) <> ''), cleaned text GENERATED ALWAYS AS (clean(name)) STORED, other text);
COMMENT ON CONSTRAINT users_clean ON users IS 'not empty';
COMMENT ON COLUMN users.cleaned IS 'generated';
CREATE UNIQUE INDEX users_name ON users (clean(name));
CREATE INDEX users_part ON users (id) WHERE clean(name) <> 'x';
COMMENT ON INDEX users_name IS 'one of a kind';
ALTER INDEX users_name ALTER COLUMN 1 SET STATISTICS 33;
ALTER TABLE users CLUSTER ON users_name;
CREATE INDEX users_cleaned ON users (cleaned);
CREATE STATISTICS users_both ON (clean(name)), other FROM users;
CREATE POLICY own ON users USING (allowed(clean(name)));
COMMENT ON POLICY own ON users IS 'own rows';
CREATE TRIGGER note BEFORE UPDATE ON users FOR EACH ROW WHEN (clean(new.name) <> clean(old.name)) EXECUTE FUNCTION noted();
ALTER TABLE users ENABLE ALWAYS TRIGGER note;
COMMENT ON TRIGGER note ON users IS 'notes';
CREATE VIEW names AS SELECT clean(name) AS name FROM users;
CREATE MATERIALIZED VIEW stored AS SELECT clean(name) AS name FROM users;
CREATE INDEX stored_name ON stored (name);
CREATE RULE ruled AS ON UPDATE TO users WHERE clean(new.name) = 'y' DO INSTEAD NOTHING;
ALTER TABLE users ENABLE REPLICA RULE ruled;
CREATE FUNCTION calls_it(text) RETURNS text IMMUTABLE LANGUAGE sql RETURN clean($1);
-- rows
INSERT INTO users (id, name) VALUES (1, ' Ann ');
