-- maps: public.state:sent=
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE public.t (id integer PRIMARY KEY, state public.state);
-- rows
INSERT INTO public.t VALUES (1, 'sent'), (2, 'new'), (3, NULL);
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.t (id integer PRIMARY KEY, state public.state);
