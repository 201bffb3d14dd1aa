-- from
CREATE COLLATION german (provider = icu, locale = 'de');
COMMENT ON COLLATION german IS 'as in the phone book';
CREATE COLLATION plain (provider = libc, locale = 'C');
CREATE COLLATION gone FROM "C";
CREATE TABLE people (id integer PRIMARY KEY, name text COLLATE german, code text COLLATE plain);
CREATE INDEX people_name ON people (name);
CREATE UNIQUE INDEX people_code ON people (lower(code) COLLATE plain);
COMMENT ON INDEX people_name IS 'sorted';
-- rows
INSERT INTO people VALUES (1, 'Özil', 'a'), (2, 'Ann', 'B');

-- to
CREATE COLLATION german (provider = icu, locale = 'de@collation=phonebook');
CREATE COLLATION plain (provider = libc, locale = 'POSIX');
COMMENT ON COLLATION plain IS 'bytes';
CREATE TABLE people (id integer PRIMARY KEY, name text COLLATE german, code text COLLATE plain);
CREATE INDEX people_name ON people (name);
CREATE UNIQUE INDEX people_code ON people (lower(code) COLLATE plain);
COMMENT ON INDEX people_name IS 'sorted';
-- rows
INSERT INTO people VALUES (1, 'Özil', 'a'), (2, 'Ann', 'B');
