-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TYPE public.trip AS (a public.place, b public.place);
CREATE DOMAIN public.home AS public.place CHECK ((VALUE).city IS NOT NULL);
CREATE TABLE public.t (id integer PRIMARY KEY, trip public.trip, home public.home);
-- rows
INSERT INTO public.t VALUES (1, '("(Bonn,1)","(Ulm,2)")', '(Bonn,1)'), (2, NULL, '(Ulm,3)');
-- to
CREATE TYPE public.place AS (zip integer, city text);
CREATE TYPE public.trip AS (a public.place, b public.place);
CREATE DOMAIN public.home AS public.place CHECK ((VALUE).city IS NOT NULL);
CREATE TABLE public.t (id integer PRIMARY KEY, trip public.trip, home public.home);
