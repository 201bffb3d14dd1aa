-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
-- rows
INSERT INTO public.t VALUES (1, '(Bonn,53111)', '{"(Ulm,89073)"}'), (2, NULL, NULL), (3, '(,)', '{}');
-- to
CREATE TYPE public.place AS (zip integer, city text);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
-- rows
INSERT INTO public.t VALUES (1, '(53111,Bonn)', '{"(89073,Ulm)"}'), (2, NULL, NULL), (3, '(,)', '{}');
