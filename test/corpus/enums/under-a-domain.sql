-- maps: public.state:sent=closed
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE DOMAIN public.open_state AS public.state CHECK (VALUE <> 'sent');
CREATE TABLE public.t (id integer PRIMARY KEY, state public.open_state DEFAULT 'new', log public.open_state[]);
-- rows
INSERT INTO public.t VALUES (1, 'new', '{paid,new}'), (2, 'paid', NULL);
-- to
CREATE TYPE public.state AS ENUM ('closed', 'paid', 'new');
CREATE DOMAIN public.open_state AS public.state CHECK (VALUE <> 'closed');
CREATE TABLE public.t (id integer PRIMARY KEY, state public.open_state DEFAULT 'new', log public.open_state[]);
