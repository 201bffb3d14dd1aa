-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (x public.code);
-- rows
INSERT INTO public.t VALUES ('yes');
-- to
CREATE FUNCTION public.ok(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t <> 'no' $$;
CREATE DOMAIN public.code AS text CHECK (public.ok(VALUE));
CREATE TABLE public.t (x public.code);
