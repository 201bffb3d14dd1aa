-- from
CREATE TABLE people (id integer PRIMARY KEY, first text, last text);
CREATE VIEW names AS SELECT id, first || ' ' || last AS name FROM people;
CREATE RULE write AS ON INSERT TO names DO INSTEAD INSERT INTO people VALUES (new.id, split_part(new.name, ' ', 1), split_part(new.name, ' ', 2)) RETURNING id, first || ' ' || last;
CREATE RULE erase AS ON DELETE TO names DO INSTEAD DELETE FROM people WHERE people.id = old.id;
COMMENT ON RULE erase ON names IS 'not yet';
-- rows
INSERT INTO names VALUES (1, 'Ann Lee');

-- to
CREATE TABLE people (id bigint PRIMARY KEY, first text, last text);
CREATE VIEW names AS SELECT id, last || ', ' || first AS name FROM people;
CREATE RULE write AS ON INSERT TO names DO INSTEAD INSERT INTO people VALUES (new.id, split_part(new.name, ', ', 2), split_part(new.name, ', ', 1)) RETURNING id, last || ', ' || first;
CREATE RULE erase AS ON DELETE TO names DO INSTEAD DELETE FROM people WHERE people.id = old.id;
COMMENT ON RULE erase ON names IS 'not yet';
-- rows
INSERT INTO names VALUES (1, 'Lee, Ann');
