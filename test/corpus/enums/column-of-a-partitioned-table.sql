-- maps: public.state:b=c
-- from
CREATE TYPE public.state AS ENUM ('a', 'b', 'c');
CREATE TABLE public.p (id integer, e public.state) PARTITION BY RANGE (id);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (10);
CREATE INDEX ON public.p (e);
-- rows
INSERT INTO public.p VALUES (1, 'a'), (2, 'b');
-- to
CREATE TYPE public.state AS ENUM ('c', 'a');
CREATE TABLE public.p (id integer, e public.state) PARTITION BY RANGE (id);
CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES FROM (0) TO (10);
CREATE INDEX ON public.p (e);
