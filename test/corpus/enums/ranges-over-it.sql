-- maps: public.size:xl=l
-- from
CREATE TYPE public.size AS ENUM ('s', 'm', 'l', 'xl');
CREATE TYPE public.sizes AS RANGE (SUBTYPE = public.size);
CREATE TABLE public.t (id integer PRIMARY KEY, fits public.sizes);
-- rows
INSERT INTO public.t VALUES (1, '[s,m]'), (2, '(,l)'), (3, 'empty'), (4, '[m,xl)'), (5, NULL);
-- to
CREATE TYPE public.size AS ENUM ('xs', 's', 'm', 'l');
CREATE TYPE public.sizes AS RANGE (SUBTYPE = public.size);
CREATE TABLE public.t (id integer PRIMARY KEY, fits public.sizes);
