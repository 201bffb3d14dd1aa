-- obstacle: to, because whose v is no value of integer
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v bigint);
-- rows
INSERT INTO public.t VALUES (1, 12), (2, 3000000000);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v integer);
