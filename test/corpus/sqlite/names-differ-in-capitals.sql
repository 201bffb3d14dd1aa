-- engines: sqlite
-- from
CREATE TABLE Users (Id INTEGER PRIMARY KEY, eMail TEXT);
-- rows
INSERT INTO Users VALUES (1, 'x');
-- to
CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);
-- rows
INSERT INTO users VALUES (2, 'y');
