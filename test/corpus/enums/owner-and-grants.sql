-- roles: app, auditor
-- from
CREATE TYPE public.state AS ENUM ('a', 'b');
ALTER TYPE public.state OWNER TO app;
REVOKE USAGE ON TYPE public.state FROM PUBLIC;
GRANT USAGE ON TYPE public.state TO auditor;
CREATE TABLE public.t (e public.state);
-- rows
INSERT INTO public.t VALUES ('a');
-- to
CREATE TYPE public.state AS ENUM ('b', 'a');
ALTER TYPE public.state OWNER TO app;
REVOKE USAGE ON TYPE public.state FROM PUBLIC;
GRANT USAGE ON TYPE public.state TO auditor;
CREATE TABLE public.t (e public.state);
