-- renames: f:books, books.n:books.title
-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER s FOREIGN DATA WRAPPER archive;
CREATE FOREIGN TABLE f (id integer OPTIONS (as 'i'), n text) SERVER s OPTIONS (path 'x');
CREATE VIEW v AS SELECT id, n FROM f;
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER s FOREIGN DATA WRAPPER archive;
CREATE FOREIGN TABLE books (id integer OPTIONS (as 'i'), title text) SERVER s OPTIONS (path 'y');
CREATE VIEW v AS SELECT id, title AS n FROM books;
