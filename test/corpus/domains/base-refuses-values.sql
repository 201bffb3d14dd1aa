-- obstacle: to, because is no value of integer, on which public.code is based now
-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, '12'), (2, 'x');
-- to
CREATE DOMAIN public.code AS integer;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
