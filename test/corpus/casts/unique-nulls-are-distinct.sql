-- from
CREATE TABLE public.t (id integer PRIMARY KEY, a text, b integer);
-- rows
INSERT INTO public.t VALUES (1, 'x', NULL), (2, 'x', NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, a text, b integer, UNIQUE (a, b));
