-- maps: public.state:sent=paid
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE public.t (id integer PRIMARY KEY, states public.state[] DEFAULT '{new}');
-- rows
INSERT INTO public.t VALUES (1, '{new,sent}'), (2, '{}'), (3, NULL), (4, '{{paid,new},{sent,NULL}}');
-- to
CREATE TYPE public.state AS ENUM ('paid', 'new');
CREATE TABLE public.t (id integer PRIMARY KEY, states public.state[] DEFAULT '{new}');
