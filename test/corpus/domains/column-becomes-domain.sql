-- from
CREATE TABLE public.t (id integer PRIMARY KEY, mail text);
-- rows
INSERT INTO public.t VALUES (1, 'a@b');
-- to
CREATE DOMAIN public.mail AS text CHECK (VALUE ~ '@');
CREATE TABLE public.t (id integer PRIMARY KEY, mail public.mail);
