-- from
CREATE TYPE public.state AS ENUM ('paid');
CREATE TABLE public.orders (id integer, state public.state);
-- rows
INSERT INTO public.orders VALUES (1, 'paid');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid', 'packed', 'sent');
CREATE TABLE public.orders (id integer, state public.state);
