-- majors: 15+
-- obstacle: to, because that agree in a
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, a text);
-- rows
INSERT INTO public.t VALUES (1, NULL), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, a text, UNIQUE NULLS NOT DISTINCT (a));
