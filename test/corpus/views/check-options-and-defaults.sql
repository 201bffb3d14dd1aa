-- from
CREATE TABLE tasks (id integer PRIMARY KEY, state text, title text);
CREATE VIEW open_tasks AS SELECT id, state, title FROM tasks WHERE state = 'open' WITH CHECK OPTION;
ALTER VIEW open_tasks ALTER COLUMN state SET DEFAULT 'open';
ALTER VIEW open_tasks ALTER COLUMN title SET DEFAULT 'untitled';
COMMENT ON COLUMN open_tasks.state IS 'always open';
-- rows
INSERT INTO open_tasks (id) VALUES (1);

-- to
CREATE TABLE tasks (id integer PRIMARY KEY, state varchar(20), title text);
CREATE VIEW open_tasks WITH (security_barrier = true) AS SELECT id, state, title FROM tasks WHERE state = 'open' WITH LOCAL CHECK OPTION;
ALTER VIEW open_tasks ALTER COLUMN state SET DEFAULT 'open';
COMMENT ON COLUMN open_tasks.title IS 'what to do';
-- rows
INSERT INTO open_tasks (id, title) VALUES (1, 'a');
