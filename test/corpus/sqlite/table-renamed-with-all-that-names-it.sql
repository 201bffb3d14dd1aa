-- engines: sqlite
-- renames: users:people
-- from
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT); CREATE TABLE posts (author INT REFERENCES users (id) ON DELETE CASCADE); CREATE INDEX by_mail ON users (mail); CREATE VIEW v AS SELECT mail FROM users; CREATE TRIGGER tr AFTER DELETE ON users BEGIN DELETE FROM posts WHERE author = old.id; END;
-- rows
INSERT INTO users (mail) VALUES ('x'), ('y'); DELETE FROM users WHERE id = 2; INSERT INTO posts VALUES (1);
-- to
CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, mail TEXT); CREATE TABLE posts (author INT REFERENCES people (id) ON DELETE CASCADE); CREATE INDEX by_mail ON people (mail); CREATE VIEW v AS SELECT mail FROM people; CREATE TRIGGER tr AFTER DELETE ON people BEGIN DELETE FROM posts WHERE author = old.id; END;
-- rows
INSERT INTO people (mail) VALUES ('x'); INSERT INTO posts VALUES (1);
