-- refused: to, because ... foreign table
-- refused: from, because ... rows of its own
-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE TABLE f (id integer);
-- rows
INSERT INTO f VALUES (1);
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE FOREIGN TABLE f (id integer) SERVER old_books;
