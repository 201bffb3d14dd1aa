-- from
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2');
CREATE TABLE users (id integer PRIMARY KEY, email varchar(100) COLLATE any_case CONSTRAINT users_email UNIQUE);
-- rows
INSERT INTO users VALUES (1, 'Ann@example.org'), (2, 'bob@example.org');

-- to
CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE users (id integer PRIMARY KEY, email varchar(100) COLLATE any_case CONSTRAINT users_email UNIQUE);
-- rows
INSERT INTO users VALUES (1, 'Ann@example.org'), (2, 'bob@example.org');
