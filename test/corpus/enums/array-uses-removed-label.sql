-- obstacle: to, because is sent
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE public.t (id integer PRIMARY KEY, states public.state[]);
-- rows
INSERT INTO public.t VALUES (1, '{new,sent}');
-- to
CREATE TYPE public.state AS ENUM ('paid', 'new');
CREATE TABLE public.t (id integer PRIMARY KEY, states public.state[]);
