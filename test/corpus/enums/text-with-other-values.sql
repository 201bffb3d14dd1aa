-- obstacle: to, because whose s is no value of public.state
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, s varchar(10));
-- rows
INSERT INTO public.t VALUES (1, 'new'), (2, 'gone');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.t (id integer PRIMARY KEY, s public.state);
