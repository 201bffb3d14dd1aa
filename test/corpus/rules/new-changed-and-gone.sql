-- from
CREATE TABLE accounts (id integer PRIMARY KEY, name text);
CREATE TABLE changes (id integer, name text, at timestamp DEFAULT '2024-01-01');
CREATE RULE keep AS ON DELETE TO accounts DO INSTEAD NOTHING;
CREATE RULE noted AS ON UPDATE TO accounts WHERE old.name IS DISTINCT FROM new.name DO ALSO INSERT INTO changes (id, name) VALUES (old.id, old.name);
COMMENT ON RULE noted ON accounts IS 'who was who';
CREATE RULE gone AS ON INSERT TO changes DO ALSO NOTHING;
-- rows
INSERT INTO accounts VALUES (1, 'Ann');

-- to
CREATE TABLE accounts (id integer PRIMARY KEY, name text);
CREATE TABLE changes (id integer, name text, at timestamp DEFAULT '2024-01-01');
CREATE RULE keep AS ON DELETE TO accounts WHERE old.id < 100 DO INSTEAD NOTHING;
COMMENT ON RULE keep ON accounts IS 'only the first ones';
CREATE RULE noted AS ON UPDATE TO accounts DO ALSO (INSERT INTO changes (id, name) VALUES (old.id, old.name); NOTIFY changed);
CREATE RULE "New One" AS ON INSERT TO accounts DO ALSO INSERT INTO changes SELECT new.id, 'new; one';
-- rows
INSERT INTO accounts VALUES (1, 'Ann');
