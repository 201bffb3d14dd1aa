-- from
CREATE TYPE public.place AS (city text, zip integer);
CREATE TABLE public.t (id integer, a public.place DEFAULT ROW('Bonn', 1)::public.place);
-- rows
INSERT INTO public.t DEFAULT VALUES;
-- to
CREATE TYPE public.place AS (zip integer, city text);
CREATE TABLE public.t (id integer, a public.place DEFAULT ROW(1, 'Bonn')::public.place);
