-- from
CREATE TYPE public.state AS ENUM ('a', 'b');
CREATE TABLE public.k (e public.state PRIMARY KEY);
CREATE TABLE public.t (e public.state REFERENCES public.k);
-- rows
INSERT INTO public.k VALUES ('a'), ('b'); INSERT INTO public.t VALUES ('b'), (NULL);
-- to
CREATE TYPE public.state AS ENUM ('b', 'a', 'z');
CREATE TABLE public.k (e public.state PRIMARY KEY);
CREATE TABLE public.t (e public.state REFERENCES public.k);
