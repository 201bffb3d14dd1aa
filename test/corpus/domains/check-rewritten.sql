-- from
CREATE DOMAIN public.code AS text CONSTRAINT a CHECK (VALUE ~ '^[a-z]+$');
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 'abc');
-- to
CREATE DOMAIN public.code AS text CONSTRAINT a CHECK (VALUE ~ '^[a-z0-9]+$');
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
