-- renames: users.mail:users.email
-- from
CREATE TABLE users (id integer PRIMARY KEY, mail text NOT NULL DEFAULT '', age integer, CONSTRAINT has_at CHECK (mail = '' OR mail LIKE '%@%'),
  upper_mail text GENERATED ALWAYS AS (upper(mail)) STORED);
CREATE UNIQUE INDEX users_mail ON users (lower(mail)) WHERE mail <> '';
CREATE VIEW mails AS SELECT u.id, u.mail FROM users u ORDER BY u.mail;
CREATE MATERIALIZED VIEW mail_counts AS SELECT mail, count(*) AS n FROM users GROUP BY mail;
CREATE STATISTICS users_stats (dependencies) ON mail, age FROM users;
-- rows
INSERT INTO users (id, mail) VALUES (1, 'a@b'), (2, 'c@d');
-- to
CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL DEFAULT '', age integer, CONSTRAINT has_at CHECK (email = '' OR email LIKE '%@%'),
  upper_mail text GENERATED ALWAYS AS (upper(email)) STORED);
CREATE UNIQUE INDEX users_mail ON users (lower(email)) WHERE email <> '';
CREATE VIEW mails AS SELECT u.id, u.email AS mail FROM users u ORDER BY u.email;
CREATE MATERIALIZED VIEW mail_counts AS SELECT email AS mail, count(*) AS n FROM users GROUP BY email;
CREATE STATISTICS users_stats (dependencies) ON email, age FROM users;
-- rows
INSERT INTO users (id, email) VALUES (1, 'a@b');
