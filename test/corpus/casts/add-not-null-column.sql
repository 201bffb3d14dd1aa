-- obstacle: to, because which have no value for the new column v
-- from
CREATE TABLE public.t (id integer PRIMARY KEY);
-- rows
INSERT INTO public.t VALUES (1);
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v text NOT NULL);
