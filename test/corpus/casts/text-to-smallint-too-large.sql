-- obstacle: to, because whose v is no value of smallint
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, '12'), (2, '70000');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v smallint);
