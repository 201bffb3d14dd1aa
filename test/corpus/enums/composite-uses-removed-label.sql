-- obstacle: to, because is sent
-- from
CREATE TYPE public.state AS ENUM ('new', 'sent');
CREATE TYPE public.entry AS (at date, state public.state);
CREATE TABLE public.t (id integer PRIMARY KEY, log public.entry[]);
-- rows
INSERT INTO public.t VALUES (1, '{"(2026-01-01,new)","(,sent)"}');
-- to
CREATE TYPE public.state AS ENUM ('new');
CREATE TYPE public.entry AS (at date, state public.state);
CREATE TABLE public.t (id integer PRIMARY KEY, log public.entry[]);
