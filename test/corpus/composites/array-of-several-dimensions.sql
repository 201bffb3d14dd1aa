-- obstacle: to, because is an array of several dimensions
-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
-- rows
INSERT INTO public.t VALUES (1, NULL, '{{"(Ulm,1)"},{"(Bonn,2)"}}');
-- to
CREATE TYPE public.place AS (zip integer, city text);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
