-- from
CREATE TABLE public.t (id integer PRIMARY KEY, s text DEFAULT 'new');
-- rows
INSERT INTO public.t VALUES (1, 'new'), (2, 'paid'), (3, NULL);
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.t (id integer PRIMARY KEY, s public.state DEFAULT 'new');
