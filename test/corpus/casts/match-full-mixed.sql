-- obstacle: to, because whose a, b no row of public.p has
-- from
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO public.t VALUES (2, 1, NULL);
-- to
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES public.p (a, b) MATCH FULL);
