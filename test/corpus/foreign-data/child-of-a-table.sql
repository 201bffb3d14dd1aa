-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE base (id integer, n text);
CREATE FOREIGN TABLE f (extra integer OPTIONS (as 'e')) INHERITS (base) SERVER old_books;
CREATE FOREIGN TABLE apart (id integer, n text) SERVER old_books;
-- rows
INSERT INTO base VALUES (1, 'a');
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE TABLE base (id integer, n text);
CREATE FOREIGN TABLE f (extra integer OPTIONS (as 'x')) INHERITS (base) SERVER old_books;
ALTER FOREIGN TABLE f ALTER COLUMN id OPTIONS (ADD as 'i');
CREATE FOREIGN TABLE apart (id integer, n text) INHERITS (base) SERVER old_books;
