-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (x public.code);
-- rows
INSERT INTO public.t VALUES ('a');
-- to
CREATE DOMAIN public.code AS text CONSTRAINT given NOT NULL;
CREATE TABLE public.t (x public.code);
