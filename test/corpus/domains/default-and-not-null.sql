-- from
CREATE DOMAIN public.code AS integer;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 3);
-- to
CREATE DOMAIN public.code AS integer DEFAULT 7 NOT NULL;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
