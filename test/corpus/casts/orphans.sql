-- obstacle: to, because whose a, b no row of public.p has
-- from
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer);
-- rows
INSERT INTO public.p VALUES (1, 1); INSERT INTO public.t VALUES (1, 1, 1), (2, 1, NULL), (3, 2, 2);
-- to
CREATE TABLE public.p (a integer, b integer, UNIQUE (a, b));
CREATE TABLE public.t (id integer PRIMARY KEY, a integer, b integer, FOREIGN KEY (a, b) REFERENCES public.p (a, b));
