-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
CREATE VIEW public.cities AS SELECT id, (a).city FROM public.t;
CREATE INDEX ON public.t (((a).zip));
-- rows
INSERT INTO public.t VALUES (1, '(Bonn,53111)', '{"(Ulm,89073)"}'), (2, NULL, NULL), (3, '(,)', '{}');
-- to
CREATE TYPE public.place AS (zip integer, city text, land text);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
CREATE VIEW public.cities AS SELECT id, (a).city FROM public.t;
CREATE INDEX ON public.t (((a).zip));
