-- from
CREATE TYPE public.place AS (city text, zip integer);
COMMENT ON COLUMN public.place.zip IS 'digits';
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
-- rows
INSERT INTO public.t VALUES (1, '(Bonn,53111)', '{"(Ulm,89073)"}'), (2, NULL, NULL), (3, '(,)', '{}');
-- to
CREATE TYPE public.place AS (city text COLLATE "C", zip integer);
COMMENT ON COLUMN public.place.city IS 'its name';
COMMENT ON TYPE public.place IS 'somewhere';
CREATE TABLE public.t (id integer PRIMARY KEY, a public.place, b public.place[]);
