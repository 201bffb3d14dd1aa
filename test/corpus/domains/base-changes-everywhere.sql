-- from
CREATE DOMAIN public.amount AS integer DEFAULT 0;
CREATE TYPE public.line AS (what text, price public.amount);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.amount, b public.amount[], c public.line, d public.line[]);
CREATE VIEW public.v AS SELECT id, a * 2 AS twice FROM public.t;
CREATE INDEX ON public.t (a) WHERE a > 1;
-- rows
INSERT INTO public.t VALUES (1, 15, '{25,3}', '(pen,425)', '{"(a,1)","(b,)"}'), (2, NULL, NULL, NULL, NULL);
-- to
CREATE DOMAIN public.amount AS bigint DEFAULT 0;
CREATE TYPE public.line AS (what text, price public.amount);
CREATE TABLE public.t (id integer PRIMARY KEY, a public.amount, b public.amount[], c public.line, d public.line[]);
CREATE VIEW public.v AS SELECT id, a * 2 AS twice FROM public.t;
CREATE INDEX ON public.t (a) WHERE a > 1;
