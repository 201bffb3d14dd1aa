-- obstacle: to, because whose v is no value of numeric(5,2)
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v numeric);
-- rows
INSERT INTO public.t VALUES (1, 999.99), (2, 1000);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v numeric(5,2));
