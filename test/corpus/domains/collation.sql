-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 'b'), (2, 'A');
-- to
CREATE DOMAIN public.code AS text COLLATE "C";
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
