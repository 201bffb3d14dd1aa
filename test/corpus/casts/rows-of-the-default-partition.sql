-- obstacle: to, because rows of public.rest that belong into public.p1
-- from
CREATE TABLE public.p (id integer, k integer) PARTITION BY RANGE (k);
CREATE TABLE public.rest PARTITION OF public.p DEFAULT;
-- rows
INSERT INTO public.p VALUES (1, 50), (2, 5);
-- to
CREATE TABLE public.p (id integer, k integer) PARTITION BY RANGE (k);
CREATE TABLE public.rest PARTITION OF public.p DEFAULT;
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (10);
