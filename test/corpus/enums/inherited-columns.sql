-- maps: public.state:b=c
-- from
CREATE TYPE public.state AS ENUM ('a', 'b', 'c');
CREATE TABLE public.p (e public.state DEFAULT 'a');
CREATE TABLE public.q (n integer) INHERITS (public.p);
-- rows
INSERT INTO public.p VALUES ('a'); INSERT INTO public.q VALUES ('b', 1);
-- to
CREATE TYPE public.state AS ENUM ('c', 'a');
CREATE TABLE public.p (e public.state DEFAULT 'a');
CREATE TABLE public.q (n integer) INHERITS (public.p);
