-- obstacle: to, because whose v is no value of numeric(6,2)
-- from
CREATE TABLE public.t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO public.t VALUES (1, '12.5'), (2, '1e9');
-- to
CREATE TABLE public.t (id integer PRIMARY KEY, v numeric(6,2));
