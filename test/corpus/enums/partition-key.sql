-- maps: public.state:b=c
-- from
CREATE TYPE public.state AS ENUM ('a', 'b', 'c');
CREATE TABLE public.p (id integer, e public.state NOT NULL) PARTITION BY LIST (e);
CREATE TABLE public.p_a PARTITION OF public.p FOR VALUES IN ('a');
CREATE TABLE public.p_rest PARTITION OF public.p DEFAULT;
-- rows
INSERT INTO public.p VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- to
CREATE TYPE public.state AS ENUM ('c', 'a');
CREATE TABLE public.p (id integer, e public.state NOT NULL) PARTITION BY LIST (e);
CREATE TABLE public.p_a PARTITION OF public.p FOR VALUES IN ('a');
CREATE TABLE public.p_rest PARTITION OF public.p DEFAULT;
