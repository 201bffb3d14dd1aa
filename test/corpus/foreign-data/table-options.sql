-- from
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE FOREIGN TABLE f (id integer OPTIONS (key 'true', gone ''), n text) SERVER old_books OPTIONS (path 'x', gone '1');
-- to
CREATE FOREIGN DATA WRAPPER archive;
CREATE SERVER old_books FOREIGN DATA WRAPPER archive;

CREATE FOREIGN TABLE f (id integer OPTIONS (key 'false'), n text OPTIONS ("Name" 'it''s')) SERVER old_books OPTIONS (path 'y', fresh '');
COMMENT ON FOREIGN TABLE f IS 'files';
