-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v bigint);
-- rows
INSERT INTO public.t VALUES (1, 12), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v integer);
