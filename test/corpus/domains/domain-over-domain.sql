-- from
CREATE DOMAIN public.a AS text;
CREATE DOMAIN public.b AS public.a CHECK (VALUE <> 'z');
CREATE TABLE public.t (x public.b);
-- rows
INSERT INTO public.t VALUES ('hello');
-- to
CREATE DOMAIN public.a AS varchar(20);
CREATE DOMAIN public.b AS public.a CHECK (VALUE <> 'z');
CREATE TABLE public.t (x public.b);
