-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TYPE mood AS ENUM ('a', 'b', 'c');
CREATE TABLE t (m mood);
CREATE FOREIGN TABLE f (id integer, m mood DEFAULT 'a') SERVER old_books;
-- rows
INSERT INTO t VALUES ('a'), ('c');
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TYPE mood AS ENUM ('c', 'a');
CREATE TABLE t (m mood);
CREATE FOREIGN TABLE f (id integer, m mood DEFAULT 'a') SERVER old_books;
