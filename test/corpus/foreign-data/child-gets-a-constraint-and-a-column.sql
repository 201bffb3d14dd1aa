-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE TABLE base (id integer, n text);
CREATE FOREIGN TABLE f (extra integer) INHERITS (base) SERVER old_books;
-- rows
INSERT INTO base VALUES (1, 'a');
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;
CREATE TABLE base (id bigint, n text, added date, CONSTRAINT known CHECK (n <> ''));
CREATE FOREIGN TABLE f (extra integer) INHERITS (base) SERVER old_books;
