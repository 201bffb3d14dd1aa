-- maps: public.state:b=c
-- from
CREATE EXTENSION btree_gist;
CREATE TYPE public.state AS ENUM ('a', 'b', 'c');
CREATE TABLE public.t (e public.state, r int4range, EXCLUDE USING gist (e WITH =, r WITH &&));
-- rows
INSERT INTO public.t VALUES ('a', '[1,5)'), ('b', '[1,5)'), ('a', '[5,9)');
-- to
CREATE EXTENSION btree_gist;
CREATE TYPE public.state AS ENUM ('c', 'a');
CREATE TABLE public.t (e public.state, r int4range, EXCLUDE USING gist (e WITH =, r WITH &&));
