-- obstacle: to, because whose a no row of public.p has
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, a integer);
-- rows
INSERT INTO public.t VALUES (1, NULL), (2, 5);
-- to
CREATE TABLE public.p (a integer PRIMARY KEY);
CREATE TABLE public.t (id integer PRIMARY KEY, a integer REFERENCES public.p);
