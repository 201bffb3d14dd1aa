-- majors: 16+
-- obstacle: to, because whose v is no value of date
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, '2026-02-31');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v date);
