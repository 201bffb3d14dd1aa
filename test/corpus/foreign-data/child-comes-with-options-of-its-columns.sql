-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE base (id integer, n text);
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE base (id integer, n text);
CREATE FOREIGN TABLE f () INHERITS (base) SERVER old_books;
ALTER FOREIGN TABLE f ALTER COLUMN id OPTIONS (as 'i');
