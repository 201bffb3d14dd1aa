-- from
CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE PUBLICATION outbox FOR TABLE users;
COMMENT ON PUBLICATION outbox IS 'kept';
-- rows
INSERT INTO users VALUES (1, 'a');
-- to
CREATE TABLE users (id integer PRIMARY KEY, name text);
CREATE PUBLICATION feed FOR TABLE users;
COMMENT ON PUBLICATION feed IS 'kept';
