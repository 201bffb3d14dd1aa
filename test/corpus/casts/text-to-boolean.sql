-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, 'yes'), (2, 'f'), (3, NULL);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v boolean);
