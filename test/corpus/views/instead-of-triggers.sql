-- from
CREATE TABLE people (id integer PRIMARY KEY, first text, last text);
CREATE VIEW names AS SELECT id, first || ' ' || last AS name FROM people;
CREATE FUNCTION write_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO people VALUES (new.id, split_part(new.name, ' ', 1), split_part(new.name, ' ', 2)); RETURN new; END $$;
CREATE TRIGGER write INSTEAD OF INSERT ON names FOR EACH ROW EXECUTE FUNCTION write_name();
COMMENT ON TRIGGER write ON names IS 'splits';
-- rows
INSERT INTO names VALUES (1, 'Ann Lee');

-- to
CREATE TABLE people (id bigint PRIMARY KEY, first varchar(50), last varchar(50));
CREATE VIEW names AS SELECT id, first || ' ' || last AS name FROM people;
CREATE FUNCTION write_name() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO people VALUES (new.id, split_part(new.name, ' ', 1), split_part(new.name, ' ', 2)); RETURN new; END $$;
CREATE TRIGGER write INSTEAD OF INSERT ON names FOR EACH ROW EXECUTE FUNCTION write_name();
COMMENT ON TRIGGER write ON names IS 'splits';
-- rows
INSERT INTO names VALUES (1, 'Ann Lee');
