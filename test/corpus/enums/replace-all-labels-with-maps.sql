-- maps: public.state:a=x
-- maps: public.state:b=y
-- maps: public.state:c=y
-- from
CREATE TYPE public.state AS ENUM ('a', 'b', 'c');
CREATE TABLE public.t (id integer PRIMARY KEY, e public.state);
-- rows
INSERT INTO public.t VALUES (1, 'a'), (2, 'b'), (3, 'c');
-- to
CREATE TYPE public.state AS ENUM ('x', 'y');
CREATE TABLE public.t (id integer PRIMARY KEY, e public.state);
