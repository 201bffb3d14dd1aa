-- obstacle: to, because whose v is no value of boolean
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, 'maybe');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v boolean);
