-- from
CREATE TYPE public.state AS ENUM ('a');
CREATE TABLE public.t (e public.state);
-- rows
INSERT INTO public.t VALUES ('a'), (NULL);
-- to
CREATE TYPE public.state AS ENUM ('a', 'b');
COMMENT ON TYPE public.state IS 'where it stands';
CREATE TABLE public.t (e public.state);
