-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 'abcdefg');
-- to
CREATE DOMAIN public.code AS text;
ALTER DOMAIN public.code ADD CONSTRAINT short CHECK (length(VALUE) < 5) NOT VALID;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
