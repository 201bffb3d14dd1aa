-- renames: users:people
-- from
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE users (id integer PRIMARY KEY, mail text, owner text);
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_users ON users FOR SELECT USING (owner = CURRENT_USER AND EXISTS (SELECT 1 FROM users u WHERE u.id = users.id));
CREATE TRIGGER stamp_users BEFORE UPDATE OF mail ON users FOR EACH ROW WHEN (OLD.mail IS DISTINCT FROM NEW.mail) EXECUTE FUNCTION stamp();
ALTER TABLE users DISABLE TRIGGER stamp_users;
-- rows
INSERT INTO users VALUES (1, 'a', 'postgres');
-- to
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE people (id integer PRIMARY KEY, mail text, owner text);
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_people ON people FOR SELECT USING (owner = CURRENT_USER AND EXISTS (SELECT 1 FROM people u WHERE u.id = people.id));
CREATE TRIGGER stamp_people BEFORE UPDATE OF mail ON people FOR EACH ROW WHEN (OLD.mail IS DISTINCT FROM NEW.mail) EXECUTE FUNCTION stamp();
ALTER TABLE people DISABLE TRIGGER stamp_people;
