-- from
CREATE DOMAIN "check" AS integer NOT NULL DEFAULT 7 CONSTRAINT "value rule" CHECK (VALUE > 0);
CREATE TABLE t (id integer PRIMARY KEY, c "check");
-- to
CREATE DOMAIN "check" AS text NOT NULL DEFAULT 'seven' CONSTRAINT "value rule" CHECK (VALUE <> '');
CREATE TABLE t (id integer PRIMARY KEY, c "check");
