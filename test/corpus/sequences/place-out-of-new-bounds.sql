-- obstacle: to, because numbers that sequence public.s has reached beyond its new bounds
-- from
CREATE SEQUENCE s;
CREATE SEQUENCE unused;
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY);
-- rows
SELECT setval('s', 19);
-- to
CREATE SEQUENCE s MAXVALUE 9;
CREATE SEQUENCE unused MINVALUE 5;
CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY (MINVALUE 5 START 5 MAXVALUE 90));
-- rows
SELECT nextval('s');
