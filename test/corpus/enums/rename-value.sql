-- renames: public.state.payed:public.state.paid
-- from
CREATE TYPE public.state AS ENUM ('new', 'payed', 'sent');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new');
-- rows
INSERT INTO public.orders VALUES (1, 'new'), (2, 'payed'), (3, 'sent');
-- to
CREATE TYPE public.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE public.orders (id integer PRIMARY KEY, state public.state NOT NULL DEFAULT 'new');
