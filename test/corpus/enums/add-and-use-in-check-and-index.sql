-- from
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL);
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'paid');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid', 'void');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL, CONSTRAINT not_void CHECK (id > 0 OR state <> 'void'));
CREATE INDEX live ON public.orders (id) WHERE state <> 'void';
CREATE VIEW public.voided AS SELECT id FROM public.orders WHERE state = 'void';
