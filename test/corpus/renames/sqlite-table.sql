-- engines: sqlite
-- renames: users:people
-- from
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT NOT NULL UNIQUE, boss INTEGER REFERENCES users (id), CHECK (mail <> ''));
CREATE INDEX users_boss ON users (boss);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES users (id) ON DELETE CASCADE);
CREATE VIEW mails AS SELECT mail FROM users;
CREATE TRIGGER count_users AFTER INSERT ON users BEGIN UPDATE users SET mail = lower(mail) WHERE id = NEW.id; END;
-- rows
INSERT INTO users (mail, boss) VALUES ('a', NULL), ('b', 1); INSERT INTO posts VALUES (1, 2);
-- to
CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT NOT NULL UNIQUE, boss INTEGER REFERENCES people (id), CHECK (mail <> ''));
CREATE INDEX people_boss ON people (boss);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author INTEGER REFERENCES people (id) ON DELETE CASCADE);
CREATE VIEW mails AS SELECT mail FROM people;
CREATE TRIGGER count_people AFTER INSERT ON people BEGIN UPDATE people SET mail = lower(mail) WHERE id = NEW.id; END;
-- rows
INSERT INTO people (mail) VALUES ('a');
