-- engines: sqlite
-- renames: t.mail:t.email
-- from
CREATE TABLE t (id INTEGER PRIMARY KEY, mail TEXT CHECK (mail <> ''), up TEXT AS (upper(mail))); CREATE INDEX i ON t (mail) WHERE mail IS NOT NULL; CREATE VIEW v AS SELECT mail AS address FROM t;
-- rows
INSERT INTO t (mail) VALUES ('x'), ('y');
-- to
CREATE TABLE t (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE CHECK (email <> ''), up TEXT AS (upper(email))); CREATE INDEX i ON t (email) WHERE email IS NOT NULL; CREATE VIEW v AS SELECT email AS address FROM t;
-- rows
INSERT INTO t (email) VALUES ('x');
