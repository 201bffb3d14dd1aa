-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, '12'), (2, ' -7 '), (3, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v integer);
