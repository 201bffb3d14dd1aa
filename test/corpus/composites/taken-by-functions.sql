-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
CREATE FUNCTION public.f(p public.place) RETURNS public.place LANGUAGE sql AS $$ SELECT p $$;
CREATE FUNCTION public.g(p public.place) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT (p).city; END;
-- rows
INSERT INTO public.t VALUES (1, '(Bonn,53111)', '{"(Ulm,89073)"}'), (2, NULL, NULL), (3, '(,)', '{}');
-- to
CREATE TYPE public.place AS (zip bigint, city text);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
CREATE FUNCTION public.f(p public.place) RETURNS public.place LANGUAGE sql AS $$ SELECT p $$;
CREATE FUNCTION public.g(p public.place) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT (p).city; END;
