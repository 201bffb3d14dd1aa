-- from
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE gone AS ENUM ('x');
CREATE TYPE shrinks AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id integer, m mood DEFAULT 'sad', s shrinks NOT NULL DEFAULT 'a', l shrinks[], CHECK (s <> 'b'));
CREATE INDEX t_s ON t (s) WHERE s = 'a';
CREATE VIEW v AS SELECT s FROM t WHERE s = 'a';

-- to
CREATE TYPE mood AS ENUM ('bad', 'sad', 'fine', 'happy', 'glad');
CREATE TYPE shrinks AS ENUM ('c', 'a');
CREATE TABLE t (id integer, m mood DEFAULT 'sad', s shrinks NOT NULL DEFAULT 'a', l shrinks[], CHECK (s <> 'c'));
CREATE INDEX t_s ON t (s) WHERE s = 'a';
CREATE VIEW v AS SELECT s FROM t WHERE s = 'a';
