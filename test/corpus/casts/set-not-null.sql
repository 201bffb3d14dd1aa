-- obstacle: to, because that have no value for v, which becomes NOT NULL
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, 'a'), (2, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v text NOT NULL);
