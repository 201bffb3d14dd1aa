-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, '12'), (2, NULL);
-- to
CREATE DOMAIN public.code AS integer;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
