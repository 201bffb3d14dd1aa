-- from
CREATE TABLE prices (id integer PRIMARY KEY, amount integer);
CREATE TABLE old_prices (id integer, amount integer);
CREATE RULE keep AS ON UPDATE TO prices WHERE old.amount <> new.amount DO ALSO INSERT INTO old_prices VALUES (old.id, old.amount);
ALTER TABLE prices ENABLE ALWAYS RULE keep;
COMMENT ON RULE keep ON prices IS 'history';
-- rows
INSERT INTO prices VALUES (1, 100);
UPDATE prices SET amount = 200;

-- to
CREATE TABLE prices (id integer PRIMARY KEY, amount numeric(12, 2));
CREATE TABLE old_prices (id integer, amount numeric(12, 2));
CREATE RULE keep AS ON UPDATE TO prices WHERE old.amount <> new.amount DO ALSO INSERT INTO old_prices VALUES (old.id, old.amount);
ALTER TABLE prices ENABLE ALWAYS RULE keep;
COMMENT ON RULE keep ON prices IS 'history';
