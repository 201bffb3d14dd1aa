-- obstacle: to, because is sent, which the enum public.state no longer has
-- from
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new');
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'paid'), (3, 'sent');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new');
-- rows
INSERT INTO public.orders VALUES (1, 'new');
