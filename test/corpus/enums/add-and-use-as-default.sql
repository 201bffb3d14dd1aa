-- from
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new');
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'paid');
-- to
CREATE TYPE public.state AS ENUM ('draft', 'new', 'paid');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'draft');
