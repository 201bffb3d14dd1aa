-- obstacle: to, because that conflict with another one, which free forbids
-- from
CREATE EXTENSION btree_gist;
CREATE TABLE public.t (id integer PRIMARY KEY, room integer, at int4range);
-- rows
INSERT INTO public.t VALUES (1, 1, '[1,5)'), (2, 1, '[4,9)');
-- to
CREATE EXTENSION btree_gist;
CREATE TABLE public.t (id integer PRIMARY KEY, room integer, at int4range, CONSTRAINT free EXCLUDE USING gist (room WITH =, at WITH &&) WHERE (room > 0));
