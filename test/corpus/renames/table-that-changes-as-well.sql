-- renames: users:people, users.mail:people.email
-- from
CREATE TABLE users (id integer PRIMARY KEY, mail varchar(20), age integer, gone text);
CREATE INDEX users_mail ON users (mail);
-- rows
INSERT INTO users VALUES (1, 'a', 3, 'x'), (2, 'b', 4, 'y');
-- to
CREATE TABLE people (id bigint PRIMARY KEY, email text NOT NULL, age integer, added date);
CREATE UNIQUE INDEX people_email ON people (email);
-- rows
INSERT INTO people VALUES (1, 'a', 3, '2020-01-01');
