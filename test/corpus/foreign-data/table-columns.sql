-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE FOREIGN TABLE f (id integer, gone text, n varchar(10) DEFAULT 'a', total integer NOT NULL) SERVER old_books;
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE FOREIGN TABLE f (id uuid, n text COLLATE "C" DEFAULT 'b' NOT NULL, total numeric(10,2), fresh date OPTIONS (as 'd') NOT NULL) SERVER old_books;
COMMENT ON COLUMN f.n IS 'name';
