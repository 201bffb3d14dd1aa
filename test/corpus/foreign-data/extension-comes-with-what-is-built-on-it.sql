-- from
CREATE TABLE local (id integer);
-- rows
INSERT INTO local VALUES (1);
-- to
CREATE TABLE local (id integer);
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE lines (line text) SERVER files OPTIONS (filename '/dev/null', format 'text');
