-- from
CREATE DOMAIN public.code AS text CONSTRAINT a CHECK (VALUE <> '') CONSTRAINT b CHECK (VALUE <> 'x');
COMMENT ON CONSTRAINT b ON DOMAIN public.code IS 'no x';
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
-- rows
INSERT INTO public.t VALUES (1, 'abc');
-- to
CREATE DOMAIN public.code AS text CONSTRAINT filled CHECK (VALUE <> '') CONSTRAINT b CHECK (VALUE <> 'x');
COMMENT ON CONSTRAINT filled ON DOMAIN public.code IS 'not empty';
COMMENT ON DOMAIN public.code IS 'a code';
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code);
