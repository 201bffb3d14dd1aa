-- obstacle: to, because has no value, as the domain public.code demands
-- from
CREATE DOMAIN public.code AS integer;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, NULL);
-- to
CREATE DOMAIN public.code AS integer NOT NULL;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
