-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, '2026-01-31'), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v date);
