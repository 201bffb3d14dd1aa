-- renames: users:people
-- from
CREATE TABLE users (
  id serial PRIMARY KEY,
  mail text NOT NULL UNIQUE,
  age integer CHECK (age >= 0),
  boss integer REFERENCES users (id)
);
CREATE INDEX users_age_idx ON users (age);
CREATE TABLE posts (id integer PRIMARY KEY, author integer NOT NULL REFERENCES users (id) ON DELETE CASCADE);
CREATE VIEW adults AS SELECT users.id, users.mail FROM users WHERE users.age >= 18;
-- rows
INSERT INTO users (mail, age, boss) VALUES ('a', 20, 1), ('b', 30, 1); INSERT INTO posts VALUES (1, 1), (2, 2);
-- to
CREATE TABLE people (
  id serial PRIMARY KEY,
  mail text NOT NULL UNIQUE,
  age integer CHECK (age >= 0),
  boss integer REFERENCES people (id)
);
CREATE INDEX people_age_idx ON people (age);
CREATE TABLE posts (id integer PRIMARY KEY, author integer NOT NULL REFERENCES people (id) ON DELETE CASCADE);
CREATE VIEW adults AS SELECT people.id, people.mail FROM people WHERE people.age >= 18;
-- rows
INSERT INTO people (mail, age) VALUES ('c', 17); INSERT INTO posts VALUES (1, 1);
