-- obstacle: to, because which the primary key t_pkey forbids
-- from
CREATE TABLE public.t (a integer, b integer);
-- rows
INSERT INTO public.t VALUES (1, 1), (1, 1);
-- to
CREATE TABLE public.t (a integer, b integer, PRIMARY KEY (a, b));
