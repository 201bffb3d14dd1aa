-- from
CREATE DOMAIN public.code AS integer CHECK (VALUE > 0);
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 3), (2, NULL);
-- to
CREATE DOMAIN public.code AS bigint CHECK (VALUE > 0);
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 3);
