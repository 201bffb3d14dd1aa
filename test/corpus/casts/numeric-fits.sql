-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v numeric(10,2));
-- rows
INSERT INTO public.t VALUES (1, 999.99), (2, -1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v numeric(5,2));
