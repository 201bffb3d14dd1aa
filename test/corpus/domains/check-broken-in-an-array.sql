-- obstacle: to, because breaks the check short
-- from
CREATE DOMAIN public.code AS text;
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code[]);
-- rows
INSERT INTO public.t VALUES (1, '{abc,abcdefg}');
-- to
CREATE DOMAIN public.code AS text CONSTRAINT short CHECK (length(VALUE) < 5);
CREATE TABLE public.t (id integer PRIMARY KEY, d public.code[]);
