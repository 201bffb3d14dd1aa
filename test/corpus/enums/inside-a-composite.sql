-- maps: public.state:sent=paid
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TYPE public.entry AS (at date, state public.state);
CREATE TABLE public.t (id integer PRIMARY KEY, last public.entry, log public.entry[]);
-- rows
INSERT INTO public.t VALUES (1, '(2026-01-01,sent)', '{"(2026-01-01,new)","(,sent)"}'), (2, NULL, NULL), (3, '(,)', '{}');
-- to
CREATE TYPE public.state AS ENUM ('paid', 'new');
CREATE TYPE public.entry AS (at date, state public.state);
CREATE TABLE public.t (id integer PRIMARY KEY, last public.entry, log public.entry[]);
