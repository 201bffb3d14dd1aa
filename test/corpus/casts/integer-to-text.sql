-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v integer);
-- rows
INSERT INTO public.t VALUES (1, 1), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
